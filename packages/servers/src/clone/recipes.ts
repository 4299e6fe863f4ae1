import type { CloneServer, Recipe } from './clone-server.ts'
import { natsRecipe } from './nats-recipe.ts'
import { postgresRecipe } from './postgres-recipe.ts'
import { temporalRecipe } from './temporal-recipe.ts'

/** How each server of a clone is made. */
export const recipes: Readonly<Record<CloneServer, Recipe>> = {
  postgres: postgresRecipe,
  nats: natsRecipe,
  temporal: temporalRecipe,
}
