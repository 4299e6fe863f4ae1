#!/usr/bin/env node
import process from 'node:process'
import { inRoot, launch } from './bootstrap/launch.mjs'

await launch(() => ({ args: [inRoot('packages', 'cli', 'src', 'main.ts'), ...process.argv.slice(2)] }))
