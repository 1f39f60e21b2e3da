import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { accountCommandSchemas, accountEventDefinitions, madeBy } from '../../src/account/index.ts'
import { leafClasses } from '../../src/kernel/classes.ts'

/** Ids that name what is there already, or what only the desk knows: nothing is made under them. */
const named: Readonly<Record<string, readonly string[]>> = {
  AddCoverage: ['patient'],
  ApproveRefund: ['credit', 'payment'],
  BringForward: ['patient'],
  OpenDispute: ['payment', 'placement'],
  PostCharge: ['patient'],
  PresentDraft: ['again'],
  VoidCharge: ['replacedBy'],
}

const isId = (schema: z.ZodType): boolean => leafClasses.get(schema)?.class === 'id'

/** Of every command the ids that it may leave to be made. */
const left = accountCommandSchemas.flatMap(({ shape }) => {
  const type = shape.type.value
  return Object.entries(shape).flatMap(([field, schema]) => {
    const { innerType } = schema.def as { innerType?: z.ZodType }
    const isLeft = schema.type === 'optional' && innerType !== undefined && isId(innerType)
    return isLeft && !named[type]?.includes(field) ? [[type, field] as const] : []
  })
})

/** By what name it comes back, where that is not the command's own. */
const otherwise: Readonly<Record<string, string>> = { 'RecordNotice id': 'notice' }

const types = accountEventDefinitions.map(({ type }) => type)

describe('what a command has made', () => {
  it.each(left)('%s: the id of a new one comes back by the name of its field, %s', (command, field) => {
    const name = otherwise[`${command} ${field}`] ?? field
    const told = types.filter((type) => Object.hasOwn(madeBy([{ type, ...{ [`${name}Id`]: 'x' } }]), name))
    expect(told).not.toEqual([])
  })

  it('there are such commands', () => expect(left.length).toBeGreaterThan(10))
})
