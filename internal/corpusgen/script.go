package corpusgen

import "strings"

// A Script says in what letters a corpus is written.
type Script int

// The scripts.
const (
	Latin Script = iota
	Cyrillic
	Arabic
	Han   // written without spaces: a word, to everything here, is one character
	Mixed // every outlet in one of the others, six of ten in Latin letters
)

// scriptOf returns the script of an outlet of a corpus in the script asked for.
func (s Script) scriptOf(outlet int) Script {
	if s != Mixed {
		return s
	}
	return [...]Script{Latin, Cyrillic, Latin, Han, Latin, Arabic, Latin, Han, Latin, Latin}[outlet%10]
}

// An orthography is what words and sentences of a script are made of.
type orthography struct {
	onsets, nuclei, codas []string // of a syllable
	suffixes              []string // a last syllable that many words share
	function              []string // the most frequent words, most frequent first

	space, comma, stop string
	said               string
	curly, straight    [2]string
}

func latinOrthography() orthography {
	return orthography{
		onsets: strings.Fields(`b c d f g h j k l m n p r s t v w b d l m n r s t p c
			br cr dr fr gr pr tr bl cl fl gl pl sl st sp str sh ch th qu wh`),
		nuclei:   strings.Fields(`a e i o u a e i o a e ai ea ee io ou oa y`),
		codas:    []string{"", "", "", "", "n", "r", "s", "t", "l", "m", "d", "nd", "rt", "st", "ng", "ck", "ll"},
		suffixes: strings.Fields(`s s s ed ed ing ing er ers ly tion ment al ive ous able ity ness ist`),
		function: strings.Fields(`the of to and a in for is on that by with he it was as his said at has from be are
			have but an not this will they who its had their which or been were would one more after about when up
			out new also there two last year all people first over than other into could we if she her no him some
			time can so government only years what may president minister us under most state since before against
			between them now many because three police during made where while told being day through such down him
			then country off any like our still you percent million according former including expected monday
			tuesday wednesday thursday friday`),
		space: " ", comma: ",", stop: ".", said: " said ",
		curly: [2]string{"“", "”"}, straight: [2]string{`"`, `"`},
	}
}

func cyrillicOrthography() orthography {
	return orthography{
		onsets:   strings.Fields(`б в г д ж з к л м н п р с т ф х ц ч ш бр вл гр др кр пр ст стр сл тр св`),
		nuclei:   strings.Fields(`а е и о у я ы ё ю а е и о`),
		codas:    []string{"", "", "", "н", "р", "с", "т", "л", "м", "в", "й", "ст"},
		suffixes: strings.Fields(`ый ого ому ая ой ение ения ости ость ами ать ила или ов ах ский ского ция`),
		function: strings.Fields(`в и на что не с по из за к о это как для он от но его до а года также был они при
			том все более после или году уже было который еще их так бы она были только со сообщил время
			будет может года если под этом между которые того этого сейчас чтобы через`),
		space: " ", comma: ",", stop: ".", said: " сказал ",
		curly: [2]string{"«", "»"}, straight: [2]string{`"`, `"`},
	}
}

func arabicOrthography() orthography {
	return orthography{
		onsets:   strings.Fields(`ب ت ث ج ح خ د ر ز س ش ص ض ط ع غ ف ق ك ل م ن ه`),
		nuclei:   []string{"", "", "", "ا", "و", "ي"},
		codas:    []string{"", "", "", "ر", "ل", "م", "ن", "د", "ب"},
		suffixes: strings.Fields(`ة ة ون ات ية ها هم ين ان نا`),
		function: strings.Fields(`في من على أن إلى التي الذي عن مع هذا هذه ما بعد كان بين أو لا كما قال ذلك خلال حيث
			قد كل إن لم كانت عام يوم منذ قبل أي غير هو هي ثم حتى عند وقال رئيس أكثر ضد تم بعض`),
		space: " ", comma: "،", stop: ".", said: " قال ",
		curly: [2]string{"«", "»"}, straight: [2]string{`"`, `"`},
	}
}

func hanOrthography() orthography {
	return orthography{
		onsets: hanCharacters(), nuclei: []string{""}, codas: []string{""}, suffixes: []string{"化", "者", "性"},
		function: strings.Fields(`的 一 在 是 了 有 和 不 人 中 大 为 上 个 国 以 说 到 时 要 就 出 会 也 对 年 与 将 从
			于 后 其 他 我 但 这 被 并 已 及 等 由 而 她 们 来 下 日 月 多 可 两 还 更 最 因 新 表示 目前 进行`),
		comma: "，", stop: "。", said: "说",
		curly: [2]string{"“", "”"}, straight: [2]string{`"`, `"`},
	}
}

// hanCharacters returns 2,500 characters, about what newspapers use, spread
// over the block of the unified ideographs. A prime stride keeps them from
// sharing radicals, and so bytes.
func hanCharacters() []string {
	const first, count, stride = 0x4E00, 20902, 7919
	characters := make([]string, 2500)
	for i := range characters {
		characters[i] = string(rune(first + i*stride%count))
	}
	return characters
}
