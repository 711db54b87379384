import { describe, expect, it } from 'vitest'
import { findIdentifiers, identifierTypes } from '../../../../src-main/rules/identifiers/find.ts'
import { fold } from '../../../../src-main/rules/lens/fold.ts'

function found(type: string, text: string): string[] {
  const types = identifierTypes.filter((one) => one.type === type)
  const folded = fold(text, 'soft').text
  return findIdentifiers(folded, types).map(({ start, end }) => folded.slice(start, end).toUpperCase())
}

/** A word beside it, a made-up number that checks out, and the same with one digit wrong (null: no check digit). */
const numbers: readonly (readonly [type: string, word: string, valid: string, wrong: string | null])[] = [
  ['at-vnr', 'sozialversicherungsnummer', '4903091167', '4901091167'],
  ['ba-jmbg', 'jmbg', '1311990105366', '1311990145366'],
  ['be-nn', 'rijksregisternummer', '86070371877', '86078371877'],
  ['bg-egn', 'egn', '8001267043', '8001267047'],
  ['ch-ahv', 'ahv', '7564927579535', '7564927579575'],
  ['cl-rut', 'rut', '128858164', '121858164'],
  ['cn-ric', 'resident identity', '110101195601126400', '110101195601122400'],
  ['cu-ni', 'carne de identidad', '98062656301', '98262656301'],
  ['cz-rc', 'rodne cislo', '7401213457', '7401613457'],
  ['dk-cpr', 'cpr', '1405759347', '1475759347'],
  ['do-cedula', 'cedula', '00117218669', '00117418669'],
  ['ec-ci', 'cedula', '1753512670', '1753512770'],
  ['ee-ik', 'isikukood', '35508263091', '35508263097'],
  ['fi-hetu', 'henkilotunnus', '230281-654E', '230288-654E'],
  ['gr-amka', 'amka', '15037709977', '19037709977'],
  ['gt-cui', 'cui', '1289418800101', '1280418800101'],
  ['hk-hkid', 'hkid', 'F4336395', 'F4336365'],
  ['hr-oib', 'oib', '01644086368', '01694086368'],
  ['ie-pps', 'pps', '8916260E', '8946260E'],
  ['il-idnr', 'teudat zehut', '033919614', '033999614'],
  ['is-kennitala', 'kennitala', '2305679729', '2305679709'],
  ['kr-rrn', 'resident registration', '961002-1359513', '961012-1359513'],
  ['lk-nic', 'nic', '255907511V', null],
  ['lt-asmens', 'asmens kodas', '36402118092', '36002118092'],
  ['me-jmbg', 'jmbg', '1103977277032', '1103977277432'],
  ['mk-jmbg', 'jmbg', '0510995421656', '0510595421656'],
  ['mx-curp', 'curp', 'UEXK560615HDFBCD28', 'UEXK560665HDFBCD28'],
  ['my-nric', 'nric', '640326147616', '640396147616'],
  ['no-fodselsnummer', 'fødselsnummer', '10058207239', '10058287239'],
  ['nz-ird', 'ird', '42013870', '42013810'],
  ['pe-cui', 'dni', '553605348', '553600348'],
  ['pk-cnic', 'cnic', '3522494402515', '9522494402515'],
  ['pt-cc', 'cartao de cidadao', '392953914VN2', '392957914VN2'],
  ['ro-cnp', 'cnp', '1820314129184', '1920314129184'],
  ['rs-jmbg', 'jmbg', '0307973768083', '0307973762083'],
  ['ru-inn', 'inn', '610493200800', '680493200800'],
  ['si-emso', 'emso', '2510950505635', '2110950505635'],
  ['sk-rc', 'rodne cislo', '8405196558', '8405190558'],
  ['th-idnr', 'thai id', '7627840481754', '7627040481754'],
  ['tr-tckimlik', 'tc kimlik', '88001038222', '88001078222'],
  ['tw-natid', '身分證', 'E195011596', 'E165011596'],
  ['ua-rntrc', 'рнокпп', '2246895427', '2246896427'],
  ['uy-cedula', 'cedula', '72359425', '72309425'],
  ['za-idnr', 'id number', '7007085231080', '7007385231080'],
]

describe('numbers of persons in further countries', () => {
  it.each(numbers)('%s', (type, word, valid, wrong) => {
    expect(found(type, `${word}: ${valid}`)).toEqual([valid])
    if (wrong !== null) expect(found(type, `${word}: ${wrong}`)).toEqual([])
  })

  it.each(numbers.filter(([type]) => !['ch-ahv', 'fi-hetu', 'mx-curp'].includes(type)))(
    '%s is silent without a word beside it, and as an order',
    (type, word, valid) => {
      expect(found(type, `Take ${valid} with you`)).toEqual([])
      expect(found(type, `${word} see below. Order no. ${valid}`)).toEqual([])
      expect(found(type, `${word}: A${valid}9`)).toEqual([])
    },
  )

  it('covers at least forty countries', () => {
    expect(new Set(identifierTypes.flatMap(({ country }) => country ?? [])).size).toBeGreaterThanOrEqual(40)
  })
})
