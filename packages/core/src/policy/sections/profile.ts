import { z } from 'zod'
import { text } from '../../kernel/classes.ts'
import { section } from '../section.ts'

/** A practice that has not said who it is: no preset can know, and nothing is printed until it does (rule ST-01.profile). */
const unsaid = {
  name: '',
  address: [],
  phone: '',
  website: '',
  answers: '',
  waysToPay: [],
  assistancePhone: '',
  assistanceUrl: '',
  taglines: [],
}

const lines = (max: number, longest = 120) => z.array(text(longest)).max(max)

/** Who the practice is to the people it writes to (reference §3.2). Printed as it stands here. */
export const profile = section({
  shape: {
    name: text(120),
    /** The address, line by line. */
    address: lines(5),
    phone: text(40),
    website: text(120),
    /** Who answers questions about a bill: a person, a desk, its hours. */
    answers: text(120),
    /** One way to pay a line. */
    waysToPay: lines(6, 200),
    /** Of the office that helps with financial assistance, and where its policy, application and summary are. */
    assistancePhone: text(40),
    assistanceUrl: text(200),
    /** In other languages, one a line: that help in them is free (45 CFR 92.11). */
    taglines: lines(20, 400),
  },
  presets: { physicianPracticeMN: unsaid },
  // Nothing was printed before.
  before: unsaid,
})
