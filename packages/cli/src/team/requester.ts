/** In whose name a task is published when nobody is named: the same as in code that uses `roster/client`. */
export const requesterName = 'client'
