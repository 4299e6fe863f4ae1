import { mkdir, mkdtempDisposable } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readOptions } from '../../src/desk/options.ts'
import { stateFolder } from '../../src/desk/state-folder.ts'

describe('the command line', () => {
  it('takes options and paths in any order', () => {
    const options = readOptions(['a.xml', '--yes', '--model-errors', '0.1', '--seed', '7', 'b.xml'])
    expect(options).toMatchObject({ yes: true, json: false, modelErrors: 0.1, seed: 7, documents: ['a.xml', 'b.xml'] })
  })

  it.each([
    ['an unknown option', ['--jsn'], "Unknown option '--jsn'"],
    ['a share above 1', ['--model-errors', '2'], '--model-errors got "2"'],
    ['a share that is no number', ['--model-errors', 'often'], '--model-errors got "often"'],
    ['a seed that is no number', ['--seed', ''], '--seed got ""'],
  ])('refuses %s, and names it', (_, args, message) => {
    expect(() => readOptions(args)).toThrow(message)
  })
})

describe('the folder of state', () => {
  it('is the one that is named, and with --fresh the first beside it that is not there', async () => {
    await using parent = await mkdtempDisposable(join(tmpdir(), 'desk-'))
    const folder = join(parent.path, 'state')
    expect(stateFolder({ folder, fresh: true })).toBe(folder)
    await mkdir(folder)
    expect(stateFolder({ folder, fresh: false })).toBe(folder)
    expect(stateFolder({ folder, fresh: true })).toBe(`${folder}-2`)
    await mkdir(`${folder}-2`)
    expect(stateFolder({ folder, fresh: true })).toBe(`${folder}-3`)
  })
})
