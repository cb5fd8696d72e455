package text

import (
	"math/rand/v2"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

// benchWords make the texts of the benchmarks: invented sentences, shuffled.
var benchWords = map[string]string{
	"ascii": "The harbour council said on Tuesday that repairs to the northern pier would cost 3.4 million, " +
		"twice the first estimate; work starts in May.",
	"quotes": "The harbour’s council said “repairs” to the northern pier – delayed since autumn – won’t start " +
		"before May, and “nobody’s surprised”, one member added…",
	"cyrillic": "Городской совет сообщил во вторник, что ремонт северного причала обойдётся в 3,4 миллиона, " +
		"вдвое дороже первой оценки; работы начнутся в мае.",
	"arabic": "قال مجلس الميناء يوم الثلاثاء إن إصلاح الرصيف الشمالي سيكلف ٣٫٤ مليون، أي ضعف التقدير الأول، " +
		"وتبدأ الأعمال في مايو.",
	"chinese":    "港口委员会 星期二表示，北码头的维修费用 将达到340万元，是最初估计的两倍， 工程将于五月开始。",
	"korean":     "항만 위원회는 화요일 북쪽 부두 수리 비용이 340만 원으로 처음 추산의 두 배에 이를 것이며 공사는 5월에 시작된다고 밝혔다.",
	"thai":       "สภาท่าเรือ กล่าวเมื่อวันอังคารว่า การซ่อมแซม ท่าเทียบเรือด้านเหนือ จะมีค่าใช้จ่าย เป็นสองเท่า",
	"devanagari": "बंदरगाह परिषद ने मंगलवार को कहा कि उत्तरी घाट की मरम्मत पर पहले अनुमान से दोगुना खर्च आएगा और काम मई में शुरू होगा।",
	"vietnamese": "Hội đồng cảng cho biết hôm thứ Ba rằng việc sửa chữa bến tàu phía bắc sẽ tốn gấp đôi ước tính ban đầu.",
}

// benchText returns about 256 KB of the words, a paragraph a line.
func benchText(words string) []byte {
	random := rand.New(rand.NewPCG(1, 2))
	fields := strings.Fields(words)
	var text strings.Builder
	for text.Len() < 256<<10 {
		for range 60 {
			text.WriteString(fields[random.IntN(len(fields))])
			text.WriteByte(' ')
		}
		text.WriteString("End.\n")
	}
	return []byte(text.String())
}

func benchParse(b *testing.B, text []byte) {
	var document Document
	document.Parse(text, Auto)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		document.Parse(text, Auto)
	}
}

func BenchmarkParse(b *testing.B) {
	for _, name := range []string{"ascii", "quotes", "cyrillic", "arabic", "chinese", "korean", "thai", "devanagari", "vietnamese"} {
		b.Run(name, func(b *testing.B) { benchParse(b, benchText(benchWords[name])) })
	}
	for _, name := range []string{"vietnamese", "korean"} {
		b.Run(name+"-decomposed", func(b *testing.B) { benchParse(b, norm.NFD.Bytes(benchText(benchWords[name]))) })
	}
}
