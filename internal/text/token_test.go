package text

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// formsOf returns the normal forms of the tokens, parted by spaces.
func formsOf(body string) string {
	var document Document
	document.Parse([]byte(body), Line)
	return strings.TrimSuffix(normOf(&document), " ")
}

func TestNormalForms(t *testing.T) {
	for _, rule := range []struct {
		name  string
		cases [][2]string // body, normal forms
	}{
		{"empty", [][2]string{{"", ""}, {" \n\t", ""}, {"* * *", ""}, {"🇺🇸 👩‍🚀 ☃️", ""}}},
		{"case", [][2]string{{"The MAYOR's Plan-B", "the mayor's plan b"}, {"ÉCOLE Žižek ØRE", "école žižek øre"}, {"ПОРТ Їжак", "порт їжак"}}},
		{"digits", [][2]string{{"3.4 million, B52 in 1987", "3 4 million b52 in 1987"}, {"٣٫٤ १२", "٣ ٤ १२"}, {"Ⅳ ① x² H₂O ½ ፩", "iv 1 x2 h2o 1 2 ፩"}}},
		{"apostrophes", [][2]string{
			{"don't don’t don‘t donʼt don＇t don`t don´t don‛t", strings.TrimSpace(strings.Repeat("don't ", 8))},
			{"'quoted' ‘quoted’ the voters’ 'n' rock'n'roll '90s 90's", "quoted quoted the voters n rock'n'roll 90s 90's"},
			{"a''b a'-b a' b '' ’", "a b a b a b"},
			{"O\u200b’\u00adNeill don’\nt", "o'neill don t"},
			{"l’été\u0301’s 中’国 a’中 中’a", "l'été\u0301's 中 国 a 中 中 a"},
			{"Oʻzbek Oʼzbek O‘zbek ʻāina ŉ", "o'zbek o'zbek o'zbek āina n"},
			{"a’\u0301b", "a b"},
		}},
		{"quotes and dashes", [][2]string{{"“stop” — he said–so… «now»", "stop he said so now"}, {"non-stop non‑stop non–stop", "non stop non stop non stop"}}},
		{"ignorable", [][2]string{{"soft\u00adhyphen zero\u200bwidth \ufeffmark wo\u2060rd", "softhyphen zerowidth mark word"}, {"\u200b \ufe0f \u200d", ""}, {"葛\U000e0100飾", "葛 飾"}}},
		{"compatibility", [][2]string{{"ﬁnal oﬃce Ｆｕｌｌ１２ ㎏ ℡", "final office full12 kg tel"}, {"ﷺ", "صلى الله عليه وسلم"}, {"word™ 1º", "wordtm 1o"}, {"𝔄𝖇𝟙", "ab1"}}},
		{"marks", [][2]string{{"e\u0301 E\u0301 q\u0301\u0323 q\u0323\u0301", "é é q\u0323\u0301 q\u0323\u0301"}, {"\u0301 a -\u0301b ¨ ‾", "a b"}, {"1\ufe0f\u20e3", "1\u20e3"}}},
		{"separators", [][2]string{{"a\ufffdb a\xffb a_b a\x00b a\ue000b", "a b a b a b a b a b"}, {"a\u00a0b a\u2028b", "a b a b"}}},

		{"German", [][2]string{{"Straße STRASSE GROẞ", "strasse strasse gross"}}},
		{"Turkish", [][2]string{{"ISPARTA ısı İzmir", "isparta ısı i\u0307zmir"}}},
		{"Greek", [][2]string{{"ΟΔΟΣ οδός Ὀδυσσεύς ᾳ ᾼ αι", "οδοσ οδόσ ὀδυσσεύσ αι αι αι"}, {"ᾴ \u03b1\u0345\u0301 \u03b1\u0301\u0345", "άι άι άι"}}},
		{"Vietnamese", [][2]string{{"Việt Vie\u0323\u0302t Vie\u0302\u0323t VIỆT", "việt việt việt việt"}}},
		{"Yoruba", [][2]string{{"Ọ̀RỌ̀ o\u0323\u0300ro\u0323\u0300", "ọ\u0300rọ\u0300 ọ\u0300rọ\u0300"}}},
		{"Arabic", [][2]string{{"قالَ الميناء، أ \u0627\u0654 ﻻ", "قالَ الميناء أ أ لا"}}},
		{"Persian", [][2]string{{"می\u200cخواهم میخواهم", "میخواهم میخواهم"}}},
		{"Hebrew", [][2]string{{"שָׁלוֹם שׁ ש\u05c1 צ׳ צ'יל צ׳יל צה״ל", "שָׁלוֹם שׁ שׁ צ צ'יל צ'יל צה ל"}}},
		{"Devanagari", [][2]string{{"हिन्दी क़ \u0915\u093c, १९८७।", "हिन्दी \u0915\u093c \u0915\u093c १९८७"}}},
		{"Bengali", [][2]string{{"\u0995\u09c7\u09be \u0995\u09cb", "\u0995\u09cb \u0995\u09cb"}}},
		{"Ethiopic", [][2]string{{"ሰላም፡ለዓለም። ፲፱፻", "ሰላም ለዓለም ፲፱፻"}}},
		{"Cherokee", [][2]string{{"ꮳꮃꭹ ᏣᎳᎩ", "ᏣᎳᎩ ᏣᎳᎩ"}}},
		{"Korean", [][2]string{{"항만 위원회는 \u1112\u1161\u11bc \ud558\u11bc", "항만 위원회는 항 항"}}},
		{"Chinese", [][2]string{{"北码头，2024年GDP增", "北 码 头 2024 年 gdp 增"}, {"〇二 人々 㐀\U00020000", "〇 二 人 々 㐀 \U00020000"}, {"中\u0301a", "中\u0301 a"}}},
		{"Japanese", [][2]string{{"コーヒーとｺｰﾋｰ", "コ ー ヒ ー と コ ー ヒ ー"}, {"ガ ｶﾞ カ\u3099 あ\u3099", "ガ ガ ガ あ\u3099"}, {"東京・大阪〆切〱", "東 京 大 阪 〆 切 〱"}}},
		{"Thai", [][2]string{{"ท่าน้ำ ๒๕", "ท \u0e48 า น \u0e49 \u0e4d า ๒ ๕"}, {"\u0e01\u0e48\u0e38 \u0e01\u0e38\u0e48", "\u0e01 \u0e38 \u0e48 \u0e01 \u0e38 \u0e48"}}},
		{"Lao", [][2]string{{"ລາວ ນ\u0ec9ຳ", "ລ າ ວ ນ \u0ec9 \u0ecd າ"}}},
		{"Khmer", [][2]string{{"ខ្មែរ", "ខ \u17d2 ម \u17c2 រ"}}},
		{"Myanmar", [][2]string{{"မြန်မာ", "မ \u103c န \u103a မ ာ"}, {"\u1025\u102e", "\u1026"}}},
		{"mixed", [][2]string{{"iPhone用ケースGDP成長率5%", "iphone 用 ケ ー ス gdp 成 長 率 5"}}},
	} {
		t.Run(rule.name, func(t *testing.T) {
			for _, test := range rule.cases {
				if diff := cmp.Diff(test[1], formsOf(test[0])); diff != "" {
					t.Errorf("%+q (-expected +parsed):\n%s", test[0], diff)
				}
			}
		})
	}
}

// TestRanges checks which part of the body each token stands for.
func TestRanges(t *testing.T) {
	for body, expected := range map[string][]string{
		"The mayor's “plan”":     {"The", "mayor's", "plan"},
		"a\u00ad b\u00adc\u00ad": {"a", "b\u00adc"},
		"'don’t'":                {"don’t"},
		"cafe\u0301s":            {"cafe\u0301s"},
		"x½y":                    {"x½", "½y"},
		"ﷺ":                      {"ﷺ", "ﷺ", "ﷺ", "ﷺ"},
		"中国a":                    {"中", "国", "a"},
		"ｶﾞｽ":                    {"ｶﾞ", "ｽ"},
		"น้ำ":                    {"น", "\u0e49", "\u0e33", "\u0e33"},
		"\u0e01\u0e48\u0e38":     {"\u0e01", "\u0e48\u0e38", "\u0e48\u0e38"}, // put in order
		"\ufeffa\u0301\ufe0f":    {"a\u0301"},
	} {
		var document Document
		document.Parse([]byte(body), Line)
		var ranges []string
		for token, start := range document.Starts {
			ranges = append(ranges, body[start:document.Ends[token]])
		}
		if diff := cmp.Diff(expected, ranges); diff != "" {
			t.Errorf("%+q (-expected +parsed):\n%s", body, diff)
		}
	}
}

func TestAppendNorm(t *testing.T) {
	var document Document
	document.Parse([]byte("One, “two”; THREE"), Line)
	for limits, expected := range map[[2]int]string{
		{0, 3}: "one two three ", {0, 1}: "one ", {1, 2}: "two ", {1, 3}: "two three ", {2, 2}: "", {0, 0}: "", {3, 3}: "",
	} {
		if form := document.AppendNorm(nil, limits[0], limits[1]); string(form) != expected {
			t.Errorf("AppendNorm%v is %q, expected %q", limits, form, expected)
		}
	}
}
