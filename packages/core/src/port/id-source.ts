/** Where ids and salts come from. Ids are identity only: order is version or position. */
export interface IdSource {
  /** A ULID. */
  id(): string
  /** 32 hexadecimal digits nobody can guess. */
  salt(): string
}
