import { validate as atVnr } from 'stdnum/lib/cjs/at/vnr.js'
import { validate as baJmbg } from 'stdnum/lib/cjs/ba/jmbg.js'
import { validate as beNn } from 'stdnum/lib/cjs/be/nn.js'
import { validate as bgEgn } from 'stdnum/lib/cjs/bg/egn.js'
import { validate as chAhv } from 'stdnum/lib/cjs/ch/ssn.js'
import { validate as clRut } from 'stdnum/lib/cjs/cl/rut.js'
import { validate as cnRic } from 'stdnum/lib/cjs/cn/ric.js'
import { validate as cuNi } from 'stdnum/lib/cjs/cu/ni.js'
import { validate as czRc } from 'stdnum/lib/cjs/cz/rc.js'
import { validate as dkCpr } from 'stdnum/lib/cjs/dk/cpr.js'
import { validate as doCedula } from 'stdnum/lib/cjs/do/cedula.js'
import { validate as ecCi } from 'stdnum/lib/cjs/ec/ci.js'
import { validate as eeIk } from 'stdnum/lib/cjs/ee/ik.js'
import { validate as fiHetu } from 'stdnum/lib/cjs/fi/hetu.js'
import { validate as grAmka } from 'stdnum/lib/cjs/gr/amka.js'
import { validate as gtCui } from 'stdnum/lib/cjs/gt/cui.js'
import { validate as hkHkid } from 'stdnum/lib/cjs/hk/hkid.js'
import { validate as hrOib } from 'stdnum/lib/cjs/hr/oib.js'
import { validate as iePps } from 'stdnum/lib/cjs/ie/pps.js'
import { validate as ilIdnr } from 'stdnum/lib/cjs/il/idnr.js'
import { validate as isKennitala } from 'stdnum/lib/cjs/is/kennitala.js'
import { validate as krRrn } from 'stdnum/lib/cjs/kr/rrn.js'
import { validate as lkNic } from 'stdnum/lib/cjs/lk/nic.js'
import { validate as ltAsmens } from 'stdnum/lib/cjs/lt/asmens.js'
import { validate as meJmbg } from 'stdnum/lib/cjs/me/jmbg.js'
import { validate as mkJmbg } from 'stdnum/lib/cjs/mk/jmbg.js'
import { validate as mxCurp } from 'stdnum/lib/cjs/mx/curp.js'
import { validate as myNric } from 'stdnum/lib/cjs/my/nric.js'
import { validate as noFodselsnummer } from 'stdnum/lib/cjs/no/fodselsnummer.js'
import { validate as nzIrd } from 'stdnum/lib/cjs/nz/ird.js'
import { validate as peCui } from 'stdnum/lib/cjs/pe/cui.js'
import { validate as pkCnic } from 'stdnum/lib/cjs/pk/cnic.js'
import { validate as ptCc } from 'stdnum/lib/cjs/pt/cc.js'
import { validate as roCnp } from 'stdnum/lib/cjs/ro/cnp.js'
import { validate as rsJmbg } from 'stdnum/lib/cjs/rs/jmbg.js'
import { validate as ruInn } from 'stdnum/lib/cjs/ru/inn.js'
import { validate as siEmso } from 'stdnum/lib/cjs/si/emso.js'
import { validate as skRc } from 'stdnum/lib/cjs/sk/rc.js'
import { validate as thIdnr } from 'stdnum/lib/cjs/th/idnr.js'
import { validate as trTckimlik } from 'stdnum/lib/cjs/tr/tckimlik.js'
import { validate as twNatid } from 'stdnum/lib/cjs/tw/natid.js'
import { validate as uaRntrc } from 'stdnum/lib/cjs/ua/rntrc.js'
import { validate as uyCedula } from 'stdnum/lib/cjs/uy/cedula.js'
import { validate as zaIdnr } from 'stdnum/lib/cjs/za/idnr.js'
import type { National } from './national.ts'

const jmbg = ['jmbg', 'maticni broj', 'embg']

/** Numbers of persons in further countries. All need a word beside them, but for the few whose shape says it. */
export const nationalWorld: readonly National[] = [
  entry('at-vnr', 'Austrian social insurance number', String.raw`\d{4} ?\d{6}`, atVnr, [
    'sozialversicherungsnummer',
    'svnr',
    'sv-nummer',
    'versicherungsnummer',
  ]),
  entry('ba-jmbg', 'Bosnian identity number (JMBG)', String.raw`\d{13}`, baJmbg, jmbg),
  entry('be-nn', 'Belgian national number', String.raw`\d{2}[. ]?\d{2}[. ]?\d{2}[- ]?\d{3}[. ]?\d{2}`, beNn, [
    'rijksregisternummer',
    'numero national',
    'nationaal nummer',
    'registre national',
    'insz',
    'niss',
  ]),
  entry('bg-egn', 'Bulgarian civil number (EGN)', String.raw`\d{10}`, bgEgn, ['egn', 'егн']),
  {
    ...entry('ch-ahv', 'Swiss social security number', String.raw`756[. ]?\d{4}[. ]?\d{4}[. ]?\d{2}`, chAhv, [
      'ahv',
      'avs',
      'sozialversicherungsnummer',
    ]),
    contextIs: 'raises',
    published: ['7569217076985', '7561234567897'],
  },
  entry('cl-rut', 'Chilean identity number (RUT)', String.raw`\d{1,2}\.?\d{3}\.?\d{3}-?[\dk]`, clRut, ['rut', 'run']),
  entry('cn-ric', 'Chinese resident identity number', String.raw`\d{17}[\dx]`, cnRic, [
    'resident identity',
    'id card',
    'identity card',
    'shenfenzheng',
    '身份证',
    '身份证号',
  ]),
  entry('cu-ni', 'Cuban identity number', String.raw`\d{11}`, cuNi, ['carne de identidad', 'numero de identidad']),
  entry('cz-rc', 'Czech birth number', String.raw`\d{6}/?\d{3,4}`, czRc, ['rodne cislo', 'birth number']),
  entry('dk-cpr', 'Danish personal number (CPR)', String.raw`\d{6}-?\d{4}`, dkCpr, ['cpr', 'personnummer']),
  entry('do-cedula', 'Dominican identity number', String.raw`\d{3}-?\d{7}-?\d`, doCedula, ['cedula']),
  entry('ec-ci', 'Ecuadorian identity number', String.raw`\d{9}-?\d`, ecCi, ['cedula', 'cedula de identidad']),
  entry('ee-ik', 'Estonian personal code', String.raw`[1-8]\d{10}`, eeIk, ['isikukood', 'personal code']),
  {
    ...entry('fi-hetu', 'Finnish personal identity code', String.raw`\d{6}[-+a]\d{3}[0-9a-y]`, fiHetu, [
      'henkilotunnus',
      'hetu',
    ]),
    contextIs: 'raises',
    published: ['131052308T'],
  },
  entry('gr-amka', 'Greek social security number (AMKA)', String.raw`\d{11}`, grAmka, ['amka', 'αμκα']),
  entry('gt-cui', 'Guatemalan identity number (CUI)', String.raw`\d{4} ?\d{5} ?\d{4}`, gtCui, ['cui', 'dpi']),
  entry('hk-hkid', 'Hong Kong identity card number', String.raw`[a-z]{1,2}\d{6} ?\(?[\da]\)?`, hkHkid, [
    'hkid',
    'identity card',
    'id card',
  ]),
  entry('hr-oib', 'Croatian personal number (OIB)', String.raw`\d{11}`, hrOib, ['oib']),
  entry('ie-pps', 'Irish PPS number', String.raw`\d{7}[a-w][abw]?`, iePps, ['pps', 'ppsn', 'personal public service']),
  entry('il-idnr', 'Israeli identity number', String.raw`\d{9}`, ilIdnr, ['teudat zehut', 'תעודת זהות']),
  entry('is-kennitala', 'Icelandic identity number', String.raw`\d{6}-?\d{4}`, isKennitala, ['kennitala', 'kt']),
  entry('kr-rrn', 'South Korean resident number', String.raw`\d{6}-?[0-9]\d{6}`, krRrn, [
    'resident registration',
    'rrn',
    '주민등록번호',
    'jumin',
  ]),
  entry('lk-nic', 'Sri Lankan identity number', String.raw`\d{9}[vx]|\d{12}`, lkNic, ['nic', 'national identity card']),
  entry('lt-asmens', 'Lithuanian personal code', String.raw`[1-6]\d{10}`, ltAsmens, ['asmens kodas', 'asmens']),
  entry('me-jmbg', 'Montenegrin identity number (JMBG)', String.raw`\d{13}`, meJmbg, jmbg),
  entry('mk-jmbg', 'Macedonian identity number', String.raw`\d{13}`, mkJmbg, jmbg),
  {
    ...entry('mx-curp', 'Mexican population number (CURP)', String.raw`[a-z]{4}\d{6}[hm][a-z]{5}[0-9a-z]\d`, mxCurp, [
      'curp',
    ]),
    contextIs: 'raises',
  },
  entry('my-nric', 'Malaysian identity number', String.raw`\d{6}-?\d{2}-?\d{4}`, myNric, ['nric', 'mykad', 'ic no']),
  entry('no-fodselsnummer', 'Norwegian identity number', String.raw`\d{6} ?\d{5}`, noFodselsnummer, [
    'fødselsnummer',
    'fodselsnummer',
    'personnummer',
    'fnr',
  ]),
  entry('nz-ird', 'New Zealand tax number (IRD)', String.raw`\d{2,3}-?\d{3}-?\d{3}`, nzIrd, ['ird', 'inland revenue']),
  entry('pe-cui', 'Peruvian identity number', String.raw`\d{8}-?[0-9a-k]`, peCui, ['dni', 'cui']),
  entry('pk-cnic', 'Pakistani identity number (CNIC)', String.raw`\d{5}-?\d{7}-?\d`, pkCnic, ['cnic', 'nadra']),
  entry('pt-cc', 'Portuguese citizen card number', String.raw`\d{8} ?\d ?[a-z0-9]{2}\d`, ptCc, [
    'cartao de cidadao',
    'cartao do cidadao',
    'numero de documento',
  ]),
  entry('ro-cnp', 'Romanian personal number (CNP)', String.raw`[1-9]\d{12}`, roCnp, ['cnp', 'cod numeric personal']),
  entry('rs-jmbg', 'Serbian identity number (JMBG)', String.raw`\d{13}`, rsJmbg, jmbg),
  entry('ru-inn', 'Russian taxpayer number of a person', String.raw`\d{12}`, ruInn, ['inn', 'инн']),
  entry('si-emso', 'Slovenian identity number (EMŠO)', String.raw`\d{13}`, siEmso, ['emso']),
  entry('sk-rc', 'Slovak birth number', String.raw`\d{6}/?\d{3,4}`, skRc, ['rodne cislo', 'birth number']),
  entry('th-idnr', 'Thai identity number', String.raw`\d-?\d{4}-?\d{5}-?\d{2}-?\d`, thIdnr, [
    'thai id',
    'national id',
    'เลขประจำตัวประชาชน',
  ]),
  entry('tr-tckimlik', 'Turkish identity number', String.raw`[1-9]\d{10}`, trTckimlik, [
    'tc kimlik',
    'kimlik no',
    't.c. kimlik',
    'tckn',
  ]),
  entry('tw-natid', 'Taiwanese identity number', String.raw`[a-z][1-2]\d{8}`, twNatid, [
    '身分證',
    '身分證字號',
    'national id',
    'id card',
  ]),
  entry('ua-rntrc', 'Ukrainian taxpayer number of a person', String.raw`\d{10}`, uaRntrc, ['рнокпп', 'ипн', 'rnokpp']),
  entry('uy-cedula', 'Uruguayan identity number', String.raw`\d\.?\d{3}\.?\d{3}-?\d`, uyCedula, [
    'cedula',
    'cedula de identidad',
  ]),
  entry('za-idnr', 'South African identity number', String.raw`\d{13}`, zaIdnr, [
    'id number',
    'identity number',
    'sa id',
    'rsa id',
  ]),
]

function entry(
  type: string,
  title: string,
  shape: string,
  valid: National['valid'],
  context: readonly string[],
): National {
  return { type, title, country: type.slice(0, 2).toUpperCase(), shape, valid, context }
}
