import type { Datum } from './state.ts'

// Where somebody may be, by the area code of a number and the state of an address: from knowledge (K), of the North American
// Numbering Plan and 49 CFR 71. An area code or a state that lies in two zones names both: what one of them forbids is
// forbidden (reference §4.3). A zone that somebody knows (`zone` of a datum) goes before.

const E = 'America/New_York'
const C = 'America/Chicago'
const M = 'America/Denver'
const A = 'America/Phoenix'
const P = 'America/Los_Angeles'

const zonesByCodes: readonly (readonly [zones: readonly string[], codes: string])[] = [
  [
    [E],
    `201 202 203 207 212 215 216 220 223 227 229 234 239 240 248 252 260 267 272 276 283 301 302 304 305 313 315 317 321 324
    326 329 330 332 336 339 347 351 352 363 380 386 401 404 407 410 412 413 419 434 436 440 443 445 463 470 472 475 478 484
    502 508 513 516 517 518 540 551 561 567 570 571 582 585 586 603 607 609 610 614 616 617 624 631 640 645 646 656 667 678
    679 680 681 686 689 703 704 706 716 717 718 724 727 728 732 734 740 743 754 757 762 765 770 771 772 774 781 786 802 803 804
    810 813 814 821 826 828 835 838 839 843 845 848 854 856 857 859 860 862 863 864 865 878 904 908 910 912 914 917 919 929 934
    937 941 943 947 948 954 959 973 978 980 984 989`,
  ],
  [
    [C],
    `205 210 214 217 218 219 224 225 228 235 251 254 256 262 274 281 309 312 314 316 318 319 320 325 327 331 334 337 346 353 361 402
    405 409 414 417 430 447 457 464 469 479 483 501 504 507 512 515 531 534 539 557 563 572 573 580 601 608 612 615 618 621 629 630
    636 641 651 659 660 662 682 708 712 713 715 726 730 731 737 763 769 773 779 806 815 816 817 830 832 847 861 870 872 901
    903 913 918 920 924 931 936 938 940 945 952 956 972 975 979 985`,
  ],
  [[M], '303 307 385 406 435 505 575 719 720 748 801 915 970 983'],
  [[A], '480 520 602 623'],
  [
    [P],
    `206 209 213 253 279 310 323 341 350 360 369 408 415 424 425 442 503 509 510 530 559 562 564 619 626 628 650 657 661 669
    702 707 714 725 738 747 760 805 818 820 831 837 840 858 909 916 925 949 951 971`,
  ],
  [[E, C], '270 364 423 448 574 606 729 812 850 906 930'],
  [[C, M], '308 432 605 620 701 785'],
  [[M, P], '208 458 541 775 986'],
  [[A, M], '928'],
  [['America/Anchorage', 'America/Adak'], '907'],
  [['Pacific/Honolulu'], '808'],
  [['America/Puerto_Rico'], '340 787 939'],
  [['Pacific/Guam'], '670 671'],
  [['Pacific/Pago_Pago'], '684'],
]

const byCode: ReadonlyMap<string, readonly string[]> = new Map(
  zonesByCodes.flatMap(([zones, codes]) => codes.split(/\s+/).map((code) => [code, zones] as const)),
)

const zonesByStates: readonly (readonly [zones: readonly string[], states: string])[] = [
  [[E], 'CT DC DE GA MA MD ME NC NH NJ NY OH PA RI SC VA VT WV'],
  [[C], 'AL AR IA IL LA MN MO MS OK WI'],
  [[M], 'CO MT NM UT WY'],
  [[P], 'CA WA'],
  [[E, C], 'FL IN KY MI TN'],
  [[C, M], 'KS ND NE SD TX'],
  [[M, P], 'ID NV OR'],
  [[A, M], 'AZ'],
  [['America/Anchorage', 'America/Adak'], 'AK'],
  [['Pacific/Honolulu'], 'HI'],
  [['America/Puerto_Rico'], 'PR VI'],
  [['Pacific/Guam'], 'GU MP'],
  [['Pacific/Pago_Pago'], 'AS'],
]

const byState: ReadonlyMap<string, readonly string[]> = new Map(
  zonesByStates.flatMap(([zones, states]) => states.split(' ').map((state) => [state, zones] as const)),
)

/** The number as it is kept: `+1` and ten digits; undefined where it is no number of the North American plan. */
export const phoneNumber = (text: string): string | undefined => {
  if (!/^[+\d\s().-]+$/.test(text)) return undefined
  const digits = text.replace(/\D/g, '').replace(/^1(?=\d{10}$)/, '')
  return /^[2-9]\d{9}$/.test(digits) ? `+1${digits}` : undefined
}

/** Where a phone or an address is, as far as it tells; of an e-mail nothing. */
export const zonesOf = ({ added }: Datum): readonly string[] => {
  if (added.zone !== undefined) return [added.zone]
  if (added.kind === 'address') return byState.get(added.state ?? '') ?? []
  if (added.kind !== 'phone' || typeof added.value !== 'string') return []
  return byCode.get(added.value.slice(2, 5)) ?? []
}
