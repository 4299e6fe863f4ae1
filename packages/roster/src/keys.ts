export {
  keysOperations,
  type Identity,
  type IssuedFile,
  type IssueTerms,
  type KeysOperations,
  type KeysPlace,
  type NewIdentity,
  type RevokeTerms,
  type Role,
  type Rotation,
} from '@roster/nats/identity'
