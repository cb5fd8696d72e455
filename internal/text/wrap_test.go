package text

import (
	"strings"
	"testing"
)

// stories are invented, one for each way to write; a newline parts paragraphs.
var stories = map[string]string{
	"English": "The harbour council said on Tuesday that repairs to the northern pier would cost 3.4 million, twice the first estimate.\n" +
		"Work is to start in May, once the ferries have moved to the old fish market. \"Nobody is surprised,\" said a member who asked not to be named.\n" +
		"Fishermen had warned of rotten piles as early as last autumn, when a storm tore away two of the lamps.",
	"Russian": "Городской совет сообщил во вторник, что ремонт северного причала обойдётся в 3,4 миллиона, вдвое дороже первой оценки.\n" +
		"Работы начнутся в мае, когда паромы переведут к старому рыбному рынку. Рыбаки предупреждали о гнилых сваях ещё прошлой осенью, когда " +
		"буря унесла два фонаря, но совет тогда решил отложить осмотр до весны и ограничился закрытием восточной лестницы.",
	"Arabic": "قال مجلس الميناء يوم الثلاثاء إن إصلاح الرصيف الشمالي سيكلف أكثر من ثلاثة ملايين، أي ضعف التقدير الأول الذي أعلن في الشتاء.\n" +
		"وتبدأ الأعمال في مايو بعد نقل العبارات إلى سوق السمك القديم، وكان الصيادون قد حذروا من الأعمدة المتهالكة منذ الخريف الماضي.",
	"Amharic": "የወደብ ምክር ቤቱ ማክሰኞ ዕለት እንዳስታወቀው የሰሜኑ ምሰሶ ጥገና ከሦስት ሚሊዮን በላይ ያስወጣል ይህም ከመጀመሪያው ግምት እጥፍ ነው።\n" +
		"ሥራው በግንቦት ወር ጀልባዎቹ ወደ አሮጌው የዓሣ ገበያ ከተዛወሩ በኋላ ይጀመራል ሲሉ የምክር ቤቱ አባል ተናግረዋል " +
		"ዓሣ አጥማጆች ባለፈው መኸር ስለ ምሰሶው መበስበስ አስጠንቅቀው ነበር ነገር ግን ምክር ቤቱ ምርመራውን እስከ ጸደይ ድረስ ለማዘግየት ወሰነ።",
	"Chinese": "港口委员会星期二表示，北码头的维修费用将达到三百四十万元，是最初估计的两倍，工程将于五月渡轮迁往旧鱼市场之后开始，预计持续到秋天。\n" +
		"渔民们早在去年秋天就警告说木桩已经腐烂，当时一场风暴卷走了两盏路灯，委员会却迟迟没有采取行动，一位不愿透露姓名的委员说没有人感到意外。",
}

// wrap breaks each paragraph to lines of a width in columns, with a mark before it.
func wrap(story string, width int, mark string) string {
	var text strings.Builder
	for paragraph := range strings.SplitSeq(story, "\n") {
		text.WriteString(mark)
		taken := columns([]byte(strings.TrimLeft(mark, "\n")), maxWrap)
		for len(paragraph) > 0 {
			piece := piecePattern(paragraph)
			if taken+columns([]byte(strings.TrimRight(piece, " ")), maxWrap) > width {
				text.WriteByte('\n')
				taken = 0
			}
			text.WriteString(piece)
			taken += columns([]byte(piece), maxWrap)
			paragraph = paragraph[len(piece):]
		}
		text.WriteByte('\n')
	}
	return text.String()
}

// piecePattern returns what a paragraph begins with and may not be broken: a word and
// the space behind it, or a Han character and the punctuation behind it.
func piecePattern(paragraph string) string {
	for at, char := range paragraph {
		behind := paragraph[at+len(string(char)):]
		switch {
		case char == ' ':
			return paragraph[:len(paragraph)-len(behind)]
		case isUnspaced(char) && !strings.HasPrefix(behind, "，") && !strings.HasPrefix(behind, "。"), char == '，', char == '。':
			return paragraph[:len(paragraph)-len(behind)]
		}
	}
	return paragraph
}

func TestHardWrapped(t *testing.T) {
	for language, story := range stories {
		paragraphs := strings.Count(story, "\n") + 1
		for _, width := range []int{32, 40, 64, 72, 80} {
			for name, mark := range map[string]string{"blank lines": "\n", "indent": "    "} {
				body := "A headline that is wider than the text below it, as newswires have them in capitals\n\n" + wrap(story, width, mark)
				if found := len(paragraphsOf(body, Auto)); found != paragraphs+1 {
					t.Errorf("%s wrapped at %d with %s has %d paragraphs, expected %d:\n%s",
						language, width, name, found, paragraphs+1, body)
				}
			}
		}
	}
}

func TestNotHardWrapped(t *testing.T) {
	for language, story := range stories {
		lines := strings.Count(story, "\n") + 1
		if found := len(paragraphsOf(story, Auto)); found != lines {
			t.Errorf("%s in long lines has %d paragraphs, expected %d", language, found, lines)
		}
	}
	for name, body := range map[string]string{
		"a sentence a line": "The pier is closed.\nThe ferries have moved to the market.\nWork starts in May.\nIt will last until autumn.\n" +
			"Nobody was surprised.\nThe lamps have been taken away.\nOne of the piles was rotten.",
		"a list": "Piles, 14 of them\nLamps\nA rail of iron, painted green\nBollards\nRope\nLadders, two\nPaint",
		"short articles": "Harbour news\nBy Ada Lind\nThe pier is closed, and the ferries have moved to the old fish market, where work starts in May " +
			"after long talks between the council and the fishermen, who had warned of it.",
		"a list in a web page": strings.Repeat("The council said that repairs to the pier would cost twice the first estimate, and that the ferries would "+
			"move to the old fish market in May.\n\n", 6) + "The northern pier, closed in May\nThe southern pier, closed in June\n" +
			"The eastern pier, closed in July\nThe western pier, closed in spring\nThe ferry terminal, not closed\n",
		"one line": "The harbour council said on Tuesday that repairs would cost more.",
	} {
		expected := len(paragraphsOf(body, Line))
		if found := len(paragraphsOf(body, Auto)); found != expected {
			t.Errorf("%s: %d paragraphs, expected %d", name, found, expected)
		}
	}
}

// TestColumns pins the widths that lines are measured by.
func TestColumns(t *testing.T) {
	for text, expected := range map[string]int{"": 0, "harbour": 7, "причал": 6, "码头": 4, "한국": 4, "Ａ": 2, "\xff": 1, "é": 1} {
		if width := columns([]byte(text), 100); width != expected {
			t.Errorf("%q takes %d columns, expected %d", text, width, expected)
		}
	}
}
