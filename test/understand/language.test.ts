/** The language a reply should have, over messages of every habit: letters, alphabets, borrowed words, one or two words. */
import { expect } from 'chai';
import type { Language } from '../../src/language.js';
import { readMessage } from '../../src/understand/language.js';
import { createEvidence } from '../../src/understand/language-evidence.js';
import type { Model } from '../../src/understand/model.js';
import { trainedModel } from './trained.js';

/** Heard as Kazakh, by habit. */
const kazakh: Readonly<Record<string, readonly string[]>> = {
  'with Kazakh letters': [
    'Қордың көмегін қай күні береді екен?',
    'Көршімнің үйіне су келмей қалды, кімге хабарласамыз',
    'Анамның зейнетақысы әлі түскен жоқ',
    'Базар қашан ашылатынын білесіз бе',
    'Мен ауылдан шыға алмай отырмын',
    'Емханаға жазылу үшін қандай құжат апарам',
    'Ертең дүкендер жұмыс істей ме',
    'Несиемді кейінге қалдыруға бола ма',
    'Балабақшаға баланы апаруға рұқсат па',
    'Тізімге неге енбей қалғанымды түсінбедім',
    'Үйден шықсам айыппұл сала ма',
    'Түнгі сағат онда бекеттен өткізе ме',
  ],
  'without Kazakh letters': [
    'калай алуга болады',
    'кордын комегин кай куни береди екен',
    'коршимнин уйине су келмей калды',
    'анамнын зейнетакысы али тускен жок',
    'базар кашан ашылатынын билесиз бе',
    'мен ауылдан шыга алмай отырмын',
    'емханага жазылу ушин кандай кужат апарам',
    'ертен дукендер жумыс истей ме',
    'несиемди кейинге калдыруга бола ма',
    'балабакшага баланы апаруга руксат па',
    'тизимге неге енбей калганымды тусинбедим',
    'уйден шыксам айыппул сала ма',
    'акша тусти ме',
    'кайда барам енди',
    'отиниш калай береди',
    'жумыссызбын комек керек',
    'масканы кайдан алам',
    'кырык еки мын бес жуз тенге',
    'балдарга акша шыгама',
    'не истеймиз',
    'хабарласындаршы тез',
  ],
  'in Latin letters of keyboards': [
    'qalai aluga bolady',
    'kordyn komegin kai kuni beredi eken',
    'korshimnin uyine su kelmey kaldy',
    'anamnyn zeinetaqysy ali tusken joq',
    'bazar qashan ashylady',
    'men auyldan shyga almai otyrmyn',
    'dukender jumys istei me',
    'nesiemdi keiinge qaldyruga bola ma',
    'balabaqshaga bolama',
    'tizimde barmynba',
    'aqsha tusti me',
    'qayda baram endi',
    'otinish kalay beredi',
    'zhumyssyzbyn komek kerek',
    'maskany kaydan alam',
  ],
  'in the alphabets of 2018 and 2021': [
    'qalaı alýǵa bolady',
    'qordyń kómegin qaı kúni beredi eken',
    'kórshimniń úıine sý kelmeı qaldy',
    'bazar qashan ashylatynyn bilesiz be',
    'men aýyldan shyǵa almaı otyrmyn',
    'dúkender jumys isteı me',
    'nesıemdi keıinge qaldyrýǵa bola ma',
    'qalai aluğa bolady',
    'qordyñ kömegin qai küni beredi eken',
    'körşimniñ üiine su kelmei qaldy',
    'men auyldan şyğa almai otyrmyn',
    'dükender jūmys ıstei me',
    'mektepte sabaq bola ma erteñ',
    'äkemniñ zeinetaqysy',
  ],
  'with Russian words': [
    'заявканы отправить еттім, ответ жоқ',
    'карточкаға пособие түспеді ғой',
    'отказ келді причинасын айтпайды',
    'счетым заблокирован екен енді қайтем',
    'маған справка керек еді прописка туралы',
    'пропуск алуға документы қандай керек',
    'коммуналкаға помощь бар ма',
    'безработныйларға төлем қашан',
    'завтра дүкендер ашық па',
    'поликлиникада прием бар ма',
    'штраф салып жатыр ма без маски жүрсе',
    'за апрель ақша түспеді',
    'номер телефонын жіберіңізші',
    'можно ма екен маған да',
    'онлайн запись қалай жасаймын',
    'кредиттік каникулға заявление қалай берем',
    'банктен звондап справка сұрап жатыр',
    'второй раз беру керек пе',
    'паспортпен прописка сай келмесе отказ бола ма',
    'подтверждение келген жоқ',
  ],
  'of one or two words': [
    'қашан',
    'кашан',
    'калай',
    'қайда',
    'керек',
    'болады',
    'түспеді',
    'туспеди',
    'өтініш',
    'отиниш',
    'көмек',
    'комек керек',
    'акша жок',
    'бекет ашық',
    'жумыс жок',
    'неге',
    'кимге',
    'тиесилиме',
    'bar ma',
    'joq',
    'salem',
    'рахмет',
    'жақсы',
    'түсінікті',
    'тусиникти',
    'қате',
  ],
};
/** Heard as Russian. */
const russian: Readonly<Record<string, readonly string[]>> = {
  plain: [
    'В какой день дадут помощь от фонда?',
    'У соседа нет воды, кому звонить',
    'Маме до сих пор не пришла пенсия',
    'Вы знаете, когда откроется рынок',
    'Не могу выехать из аула',
    'Какие бумаги нужны, чтобы записаться в поликлинику',
    'Завтра магазины работают',
    'Отсрочить кредит получится',
    'Ребёнка в садик водить разрешено',
    'Не понял, почему меня нет в списке',
    'Оштрафуют, если выйду из дома',
    'Пропустят ли через пост в десять вечера',
    'я самозанятая, мне положено?',
    'мне отказали',
    'подскажите номер',
    'два раза подавала, молчат',
    'муж таксист, сидим без работы',
    'скорая не едет',
    'свет отключили за долги',
    'куда жаловаться на работодателя',
  ],
  careless: [
    'здраствуйте хачу узнать про выплату',
    'када дадут денги',
    'скажите пажалуста где пост',
    'незнаю как заполнять',
    'сколко ждать ещё',
    'ПОЧЕМУ НЕ ОТВЕЧАЕТЕ',
    'чё делать если отказ',
    'спс поняла',
  ],
  'in Latin letters': [
    'kogda dadut dengi',
    'kak podat zayavlenie',
    'ne prishli dengi do sih por',
    'skolko zhdat',
    'mne otkazali pochemu',
    'u menya net raboty',
    'gde blizhaishii post',
    'mozhno vyehat iz goroda',
    'kuda zvonit esli boleyu',
    'spasibo bolshoe',
    'zdravstvuite podskazhite pozhaluista',
    'propustyat menya v gorod',
    'ya bezrabotnyi',
  ],
  'with Kazakh words and names': [
    'Салам, подскажите где получить справку',
    'Рахмет, всё понятно',
    'Әкімшілік работает сегодня?',
    'я из аула Қызылөзек, пропустят?',
    'бірге фонд когда даст деньги',
    'Ассалаумағалейкум, как подать на 42500',
    'тойхана закрыта, мы официанты, что нам делать',
    'жк закрыл в январе, имею право на выплату?',
    'жарайды, а когда ответят',
    'в Шиели есть базар или закрыт',
    'апа пенсионерка, ей дают продукты?',
    'иә, отправил документы, жду',
    'пенсионерам дают 42500, зейнетақы получаю',
    'такси өтеді или нет, скажите точно',
  ],
  'of one or two words': [
    'когда',
    'где',
    'почему',
    'сколько',
    'нужно',
    'заявление',
    'пособие',
    'отказали',
    'не пришло',
    'нет денег',
    'помогите',
    'понятно',
    'хорошо',
    'ошибка',
    'пост открыт',
    'kogda',
    'net',
    'spasibo',
    'поняла',
    'безработный',
  ],
};
/** Says nothing of a language: the conversation's stays. */
const silent = [
  '42500',
  '15 000',
  '⟨iin⟩',
  '🙏',
  '😂😂😂',
  'ок',
  'ok',
  '...',
  '?',
  '+',
  '2',
  '👍🏽',
  'K-7F3Q',
  'смс',
  'онлайн',
  'egov.kz',
  '15.04',
  'каспи',
  'ватсап',
];

describe('the language of a message', () => {
  let model: Model;
  before(async function () {
    this.timeout(180_000);
    model = await trainedModel();
  });
  const heard = (text: string, fallback: Language) => readMessage(text, createEvidence(model.language), fallback).guess;

  for (const [language, groups] of [
    ['kk', kazakh],
    ['ru', russian],
  ] as const) {
    for (const [habit, texts] of Object.entries(groups)) {
      for (const text of texts) {
        it(`is ${language} (${habit}): ${text}`, () => {
          for (const fallback of ['kk', 'ru'] as const)
            expect(heard(text, fallback)).to.deep.include({ language, shown: true });
        });
      }
    }
  }
  for (const text of silent) {
    it(`is the conversation's: ${text}`, () => {
      for (const fallback of ['kk', 'ru'] as const)
        expect(heard(text, fallback)).to.deep.include({ language: fallback, shown: false });
    });
  }
});
