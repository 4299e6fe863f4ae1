export {
  keysOperations,
  type IssuedFile,
  type IssueTerms,
  type KeysOperations,
  type KeysPlace,
  type Named,
  type RevokeTerms,
} from './keys-operations.ts'
export type { Identity, KeyEntry, RetiredKey, Revocation } from './identity.ts'
export type { NewIdentity } from './authority.ts'
export type { Rotation } from './rotate.ts'
export type { Role } from './role.ts'
