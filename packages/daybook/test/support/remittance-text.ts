/** Two claims of invented people that balance with their payment: 150.00 paid. */
const body = (paid: string, adjustments: readonly string[], more: readonly string[]): readonly string[] => [
  'ST*835*0001',
  `BPR*I*${paid}*C*ACH*CCP*01*111000025*DA*0012345678*1123456789**01*222000045*DA*9876543*20261102`,
  'TRN*1*TRACE0001*1123456789',
  'N1*PR*SAMPLE HEALTH PLAN',
  'N1*PE*SAMPLE CLINIC*XX*1234567893',
  'LX*1',
  'CLP*V1*1*200.00*100.00*20.00*12*PCN1*11*1',
  'NM1*QC*1*ROE*JO****MI*M1',
  'SVC*HC:99213*200.00*100.00**1',
  'DTM*472*20261015',
  ...adjustments,
  'CLP*V2*1*90.00*50.00*0.00*12*PCN2*11*1',
  'NM1*QC*1*POE*PAT****MI*M2',
  'SVC*HC:99212*90.00*50.00**1',
  'DTM*472*20261016',
  'CAS*CO*45*40.00',
  ...more,
]

export interface TextOptions {
  /** BPR02. */
  readonly paid?: string
  /** CAS segments of the first claim: 100.00 in all. */
  readonly adjustments?: readonly string[]
  /** Segments of further claims. */
  readonly more?: readonly string[]
  readonly element?: string
  readonly terminator?: string
  readonly lineBreak?: string
}

/** The remittance as a file, with the separators and line breaks that are wanted. */
export const remittanceText = (options: TextOptions = {}): string => {
  const {
    paid = '150.00',
    adjustments = ['CAS*CO*45*80.00', 'CAS*PR*3*20.00'],
    element = '*',
    terminator = '~',
    lineBreak = '\n',
  } = options
  const content = body(paid, adjustments, options.more ?? [])
  const set = [...content, `SE*${content.length + 1}*0001`]
  const segments = [
    'ISA*00*          *00*          *ZZ*SAMPLEPAYER    *ZZ*SAMPLECLINIC   *261102*0900*^*00501*000000101*0*T*:',
    'GS*HP*SAMPLEPAYER*SAMPLECLINIC*20261102*0900*7*X*005010X221A1',
    ...set,
    'GE*1*7',
    'IEA*1*000000101',
  ]
  return segments.map((segment) => segment.replaceAll('*', element) + terminator).join(lineBreak)
}
