export type { Credentials } from './credentials.ts'
