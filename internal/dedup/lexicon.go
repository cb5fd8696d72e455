package dedup

import (
	"sync"

	"github.com/newsdedup/newsdedup/internal/dedup/shingle"
	"github.com/newsdedup/newsdedup/internal/text"
)

// figureWords are the words that say a number, a day, a month or a time of day without a
// digit, in the languages that the corpora at hand are written in. It is no
// grammar: they count only where one stands in the place of another.
const figureWords = `
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion
first second third fourth fifth sixth seventh eighth ninth tenth half dozen once twice
am pm gmt est edt cst cdt pst pdt bst cet morning noon afternoon evening midnight
january february march april may june july august september october november december
jan feb mar apr jun jul aug sep sept oct nov dec
monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf hundert tausend million millionen
januar februar märz mai juni juli oktober dezember montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag
zéro un deux trois quatre cinq six sept huit neuf dix onze douze vingt cent mille
janvier février mars avril juin juillet août septembre octobre novembre décembre lundi mardi mercredi jeudi vendredi samedi dimanche
cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce veinte cien mil millones
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre lunes martes miércoles jueves viernes sábado domingo
due tre quattro cinque sei sette otto nove dieci undici dodici cento mila
gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre lunedì martedì mercoledì giovedì venerdì domenica
dois três quatro sete oito dez vinte cem milhões janeiro fevereiro março maio junho julho setembro outubro novembro dezembro
segunda terça quarta quinta sexta
один два три четыре пять шесть семь восемь девять десять января февраля марта апреля мая июня июля августа сентября октября ноября декабря
понедельник вторник среда среду четверг пятница пятницу суббота субботу воскресенье
〇 零 一 二 三 四 五 六 七 八 九 十 百 千 万 億 亿 月 火 水 木 金 土 日
`

// isFigureWord reports whether a token, told by its hash, is one of figureWords.
func isFigureWord(token uint64) bool { return figures()[token] }

var figures = sync.OnceValue(func() map[uint64]bool {
	var doc text.Document
	doc.Parse([]byte(figureWords), text.Line)
	set := make(map[uint64]bool, doc.Len())
	for _, token := range shingle.AppendTokens(nil, shingle.AppendDocument(nil, &doc)) {
		set[token] = true
	}
	return set
})
