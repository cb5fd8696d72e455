package dedup

import (
	"strings"
	"sync"

	"github.com/newsdedup/newsdedup/internal/dedup/shingle"
	"github.com/newsdedup/newsdedup/internal/text"
)

// figureWords are the words that say a number, a day, a month or a time of day without a
// digit, in some languages of the world's newswires. It is no grammar: they count only
// where one stands in the place of another. Those on one line that are parted by an equals
// sign say the same.
const figureWords = `
0=zero 1=one=first=1st 2=two=second=2nd 3=three=third=3rd 4=four=fourth=4th 5=five=fifth=5th 6=six=sixth=6th 7=seven=seventh=7th
8=eight=eighth=8th 9=nine=ninth=9th 10=ten=tenth=10th 11=eleven 12=twelve 13=thirteen 14=fourteen 15=fifteen 16=sixteen
17=seventeen 18=eighteen 19=nineteen 20=twenty 30=thirty 40=forty 50=fifty 60=sixty 70=seventy 80=eighty 90=ninety
100=hundred 1000=thousand million=mln=mn billion=bln=bn half dozen once twice
am pm gmt est edt cst cdt pst pdt bst cet morning noon afternoon evening midnight
january=jan february=feb march=mar april=apr may june=jun july=jul august=aug september=sep=sept october=oct november=nov december=dec
monday=mon tuesday=tue=tues wednesday=wed thursday=thu=thur=thurs friday=fri saturday=sat sunday=sun
null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf hundert tausend million millionen
januar februar märz mai juni juli oktober dezember montag dienstag mittwoch donnerstag freitag samstag=sonnabend sonntag
zéro un deux trois quatre cinq six sept huit neuf dix onze douze vingt cent mille
janvier février mars avril juin juillet août septembre octobre novembre décembre lundi mardi mercredi jeudi vendredi samedi dimanche
cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce veinte cien mil millones
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre lunes martes miércoles jueves viernes sábado domingo
due tre quattro cinque sei sette otto nove dieci undici dodici cento mila
gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre lunedì martedì mercoledì giovedì venerdì domenica
dois três quatro sete oito dez vinte cem milhões janeiro fevereiro março maio junho julho setembro outubro novembro dezembro
segunda terça quarta quinta sexta
один два три четыре пять шесть семь восемь девять десять января февраля марта апреля мая июня июля августа сентября октября ноября декабря
понедельник вторник среда=среду четверг пятница=пятницу суббота=субботу воскресенье
〇=零 一 二 三 四 五 六 七 八 九 十 百 千 万 億=亿 月 火 水 木 金 土 日
`

// isFigureWord reports whether a token, told by its hash, is one of figureWords.
func isFigureWord(token uint64) bool {
	_, known := figureTokens()[token]
	return known
}

// figureValue is the same for tokens that say the same number, day or month.
func figureValue(token uint64) uint64 {
	if value, known := figureTokens()[token]; known {
		return value
	}
	return token
}

// figureTokens are the hashes of figureWords, each with that of the first of those that
// say the same.
var figureTokens = sync.OnceValue(func() map[uint64]uint64 {
	var doc text.Document
	var tokens []uint64
	values := make(map[uint64]uint64)
	for group := range strings.FieldsSeq(figureWords) {
		doc.Parse([]byte(group), text.Line)
		tokens = shingle.AppendTokens(tokens[:0], shingle.AppendDocument(nil, &doc))
		for _, token := range tokens {
			if _, known := values[token]; !known {
				values[token] = tokens[0]
			}
		}
	}
	return values
})
