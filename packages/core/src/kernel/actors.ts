const actorKey = (id: string): string => id.normalize('NFC').trim().toUpperCase().toLowerCase().normalize('NFC')

/**
 * Whether two ids name one person, however they are spelled: `anna` and ` Anna` do. Where two persons are needed
 * (law F4), another way of writing a name must not make a second one.
 */
export const sameActor = (a: string, b: string): boolean => actorKey(a) === actorKey(b)
