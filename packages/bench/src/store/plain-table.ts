/** The table of the plainest durable write there is: a key and a text. */
export const plainTable =
  'create table if not exists plain (id bigint generated always as identity primary key, body text not null)'

/** 1 KB, as much as a record of the whole append. */
export const plainText = 'x'.repeat(1024)
