interface Context {
  readonly secrets: Readonly<Record<string, string>>
}

/** Tells what it should keep. */
export default function tell({ word }: { readonly word: string }, { secrets }: Context): { readonly word: string } {
  return { word: `${word} ${secrets['key']}` }
}
