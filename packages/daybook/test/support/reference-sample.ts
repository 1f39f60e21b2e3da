/** The balanced 835 of reference §12.6, invented parties. Its CAS of ACC-C stands where the guide wants it. */
const segments = `ST*835*0001
BPR*I*{payment}*C*ACH*CCP*01*111000025*DA*0012345678*1123456789**01*222000045*DA*9876543*20260302
TRN*1*EFT20260302001*1123456789
REF*EV*CLEARHOUSE1
DTM*405*20260301
N1*PR*SAMPLE HEALTH PLAN
N3*100 PAYER WAY
N4*ST CLOUD*MN*56301
PER*BL*EDI HELPDESK*TE*8005550100
N1*PE*SAMPLE ORTHO CLINIC*XX*1234567893
REF*TJ*411234567
LX*1
CLP*ACC-A*1*500.00*200.00*150.00*12*PCN0001*11*1
NM1*QC*1*DOE*JANE****MI*W123456789
DTM*050*20260215
SVC*HC:99214*350.00*140.00**1
DTM*472*20260201
CAS*CO*45*90.00
CAS*PR*1*100.00**2*{deductible}
REF*6R*L1
AMT*B6*260.00
SVC*HC:73562*150.00*60.00**1
DTM*472*20260201
CAS*CO*45*60.00
CAS*PR*2*30.00
REF*6R*L2
AMT*B6*90.00
CLP*ACC-B*1*300.00*0.00*0.00*12*PCN0002*11*1
NM1*QC*1*ROE*RICHARD****MI*W222222222
DTM*050*20260216
SVC*HC:29881*300.00*0.00**1
DTM*472*20260203
CAS*CO*197*300.00
LQ*HE*M62
CLP*ACC-C*2*200.00*80.00*0.00*12*PCN0003*11*1
CAS*OA*23*120.00
NM1*QC*1*POE*PAT****MI*W333333333
SVC*HC:99213*200.00*200.00**1
DTM*472*20260110
CLP*ACC-D*22*-400.00*-300.00**12*PCN0004*11*1
NM1*QC*1*LOE*LEE****MI*W444444444
SVC*HC:99215*-400.00*-300.00**-1
DTM*472*20251201
CAS*CO*45*-100.00
CLP*ACC-D*1*400.00*220.00*60.00*12*PCN0005*11*7
NM1*QC*1*LOE*LEE****MI*W444444444
SVC*HC:99214*400.00*220.00**1
DTM*472*20251201
CAS*CO*45*120.00
CAS*PR*2*60.00
PLB*1234567893*20261231*L6*-3.00*WO:PCN0009*50.00
SE*52*0001`

const isa = 'ISA*00*          *00*          *ZZ*SAMPLEPAYER    *ZZ*SAMPLECLINIC   *260302*0900*^*00501*000000101*0*T*:'
const gs = 'GS*HP*SAMPLEPAYER*SAMPLECLINIC*20260302*0900*7*X*005010X221A1'

export interface Changed {
  /** CAS after NM1*QC, as the reference prints it and the guide forbids it (errata 18). */
  readonly misordered?: boolean
  /** PR-2 of ACC-A's first line; 20.00. */
  readonly deductible?: string
  /** BPR02; 153.00. */
  readonly payment?: string
}

/** The sample in its envelope, with one thing changed where asked. */
export const referenceText = ({
  misordered = false,
  deductible = '20.00',
  payment = '153.00',
}: Changed = {}): string => {
  const lines = segments.replace('{payment}', payment).replace('{deductible}', deductible).split('\n')
  if (misordered) {
    const at = lines.indexOf('CAS*OA*23*120.00')
    const [cas = ''] = lines.splice(at, 1)
    lines.splice(at + 1, 0, cas)
  }
  return [isa, gs, ...lines, 'GE*1*7', 'IEA*1*000000101'].map((line) => `${line}~\n`).join('')
}
