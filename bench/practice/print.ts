import { printRemittances, printSubmissions } from '@daybook/adapters/x12'
import type { Practice } from './generate.ts'

/** The files as they lie in a folder. Usage T: test data. */
export const printPractice = ({ files }: Practice): readonly { readonly name: string; readonly text: string }[] =>
  files.map((file, at) => {
    const interchange = { date: file.date, time: '0800', controlNumber: at + 1, usage: 'T' as const }
    const text =
      file.kind === '837'
        ? printSubmissions(file.documents, { ...interchange, sender: 'EXAMPLECLINIC', receiver: 'CLEARHOUSE' })
        : printRemittances(file.documents, { ...interchange, sender: 'CLEARHOUSE', receiver: 'EXAMPLECLINIC' })
    return { name: file.name, text }
  })
