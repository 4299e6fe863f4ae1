import { MockLanguageModelV4 } from 'ai/test'

type Answer = Awaited<ReturnType<MockLanguageModelV4['doGenerate']>>
type Content = Answer['content']

/** What a provider says: some content, why it stopped, and what it counted (100 in and 10 out). */
export function says(content: string | Content, finish: Answer['finishReason']['unified'] = 'stop'): Answer {
  return {
    content: typeof content === 'string' ? [{ type: 'text', text: content }] : content,
    finishReason: { unified: finish, raw: finish },
    usage: {
      inputTokens: { total: 100, noCache: 100, cacheRead: 0, cacheWrite: 0 },
      outputTokens: { total: 10, text: 10, reasoning: 0 },
    },
    warnings: [],
  }
}

/** A tool call as providers write it. */
export function asksFor(toolName: string, input: string, toolCallId = 'c1'): Content[number] {
  return { type: 'tool-call', toolCallId, toolName, input }
}

/** A provider that gives these answers in turn, or throws them. It keeps what it was sent. */
export function provider(...answers: (Answer | Error)[]): MockLanguageModelV4 {
  let next = 0
  return new MockLanguageModelV4({
    provider: 'anthropic.messages',
    modelId: 'claude-sonnet-5-5',
    doGenerate: () => {
      const answer = answers[next++]
      if (answer === undefined) throw new Error('the provider was asked more often than expected')
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer)
    },
  })
}
