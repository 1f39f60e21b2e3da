import { accountOfStream, groupOfStream, personOfStream } from '@daybook/core/kernel'
import type { CheckedEvent } from './events.ts'
import type { Finding } from './finding.ts'

/** Who stands behind which account, and who is one with whom, as each of two streams says it (decisions 0015, 0028). */
export class Links {
  /** By account and person: the role that the account says, and the one that the person says. */
  readonly #roles = new Map<string, { account?: string; person?: string }>()
  /** By group and person: whether the group says it, and whether the person does. */
  readonly #members = new Map<string, { group?: true; person?: true }>()
  /** What a group has let begin, until the person's file says so too. */
  readonly #begun = new Map<string, string>()

  #role(account: string, person: string): { account?: string; person?: string } {
    const key = `${account} ${person}`
    const known = this.#roles.get(key) ?? {}
    this.#roles.set(key, known)
    return known
  }

  #member(group: string, person: string): { group?: true; person?: true } {
    const key = `${group} ${person}`
    const known = this.#members.get(key) ?? {}
    this.#members.set(key, known)
    return known
  }

  /** The events of one stream, in order. */
  add(stream: string, checked: readonly CheckedEvent[]): void {
    const account = accountOfStream(stream)
    const person = personOfStream(stream)
    const group = groupOfStream(stream)
    for (const one of checked) {
      if (one.kind === 'account' && account !== undefined) this.#ofAccount(account, one.event)
      if (one.kind === 'person' && person !== undefined) this.#ofPerson(person, one.event)
      if (one.kind === 'group' && group !== undefined) this.#ofGroup(group, one.event)
    }
  }

  #ofAccount(account: string, event: Extract<CheckedEvent, { kind: 'account' }>['event']): void {
    if (event.type === 'PersonLinked') this.#role(account, event.personId).account = event.role
    if (event.type === 'PersonUnlinked') delete this.#role(account, event.personId).account
  }

  #ofPerson(person: string, event: Extract<CheckedEvent, { kind: 'person' }>['event']): void {
    if (event.type === 'PersonAccountNamed') this.#role(event.accountId, person).person = event.role
    if (event.type === 'PersonAccountEnded') delete this.#role(event.accountId, person).person
    if (event.type === 'PersonGrouped') this.#member(event.groupId, person).person = true
    if (event.type === 'PersonUngrouped') delete this.#member(event.groupId, person).person
    if (event.type === 'ContactBegun') this.#begun.delete(`${person} ${event.contactId}`)
  }

  #ofGroup(group: string, event: Extract<CheckedEvent, { kind: 'group' }>['event']): void {
    if (event.type === 'GroupMemberAdmitted') this.#member(group, event.personId).group = true
    if (event.type === 'GroupMemberReleased') delete this.#member(group, event.personId).group
    if (event.type === 'GroupContactBegun') this.#begun.set(`${event.personId} ${event.contactId}`, group)
  }

  findings(): readonly Finding[] {
    return [...this.#ofRoles(), ...this.#ofMembers(), ...this.#ofBegun()]
  }

  #ofRoles(): readonly Finding[] {
    return [...this.#roles].flatMap(([key, { account: said, person: says }]): readonly Finding[] => {
      if (said === says) return []
      const [account = '', person = ''] = key.split(' ')
      const stream = said === undefined ? `person-${person}` : `account-${account}`
      const message =
        said === undefined
          ? `person ${person} stands behind account ${account} as ${says}, and the account does not say so: NameAccount or EndAccount says it of both`
          : `account ${account} names person ${person} as ${said}, and the person's own file says ${says ?? 'nothing of it'}: NameAccount or EndAccount says it of both`
      return [{ check: 'links', message, stream }]
    })
  }

  #ofMembers(): readonly Finding[] {
    return [...this.#members].flatMap(([key, { group: said, person: says }]): readonly Finding[] => {
      if (said === says) return []
      const [group = '', person = ''] = key.split(' ')
      const message = said
        ? `group ${group} has person ${person}, whose own file does not say so: the command that was given is to be given again`
        : `person ${person} is of group ${group} by their own file, and the group does not have them: JudgeLikePerson again, or LeaveGroup`
      return [{ check: 'links', message, stream: said ? `group-${group}` : `person-${person}` }]
    })
  }

  #ofBegun(): readonly Finding[] {
    return [...this.#begun].map(([key, group]) => {
      const [person = '', contact = ''] = key.split(' ')
      const message = `group ${group} has let contact ${contact} begin, and the file of person ${person} does not say so: the command that began it is to be given again`
      return { check: 'links', message, stream: `group-${group}` }
    })
  }
}
