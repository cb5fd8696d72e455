package dedup

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"
)

// A language has two stories that have nothing to do with each other, by
// sentences, and a way of writing the first that changes no word.
type language struct {
	name          string
	ferry, market []string
	space         string // between two sentences
	another       func(string) string
}

// replaced writes some characters in another way.
func replaced(pairs ...string) func(string) string { return strings.NewReplacer(pairs...).Replace }

// languages are invented stories in scripts of every kind: with and without
// case, with marks, right to left, and without spaces.
func languages() []language {
	return []language{
		{"english", []string{
			"The ferry between Lindmouth and the outer isle sails again on Monday, its owners said after a week of storm.",
			"Nobody “not even the harbour master” could say when the second boat would leave the dock.",
			"Tickets that were bought for the cancelled crossings can be used until the end of the month."}, []string{
			"A new market hall opens in Osk this spring, with room for forty stalls and a kitchen where farmers may cook.",
			"The town has paid for the roof, and the traders’ guild for everything below it.",
			"Critics fear that the old square will stand empty on Saturdays from now on."}, " ",
			func(s string) string { return replaced("“", `"`, "”", `"`, "Monday", "MON\u00ADDAY")(s) }},
		{"vietnamese", []string{
			"Chuyến phà giữa bến cảng và hòn đảo ngoài khơi sẽ chạy lại vào thứ hai sau một tuần bão lớn.",
			"Không ai biết khi nào chiếc thuyền thứ hai rời xưởng sửa chữa, kể cả người trưởng cảng.",
			"Vé đã mua cho các chuyến bị hủy có thể dùng đến hết tháng này."}, []string{
			"Một khu chợ mới sẽ mở cửa vào mùa xuân với bốn mươi gian hàng và một nhà bếp chung.",
			"Thành phố trả tiền cho mái nhà còn hội buôn bán trả phần còn lại.",
			"Những người phản đối lo rằng quảng trường cũ sẽ vắng người vào thứ bảy."}, " ", norm.NFD.String},
		{"polish", []string{
			"Prom między portem a wyspą popłynie znowu w poniedziałek, jak zapowiedzieli właściciele po tygodniu sztormów.",
			"Nikt nie umiał powiedzieć, kiedy drugi statek opuści dok, nawet kapitan portu.",
			"Bilety kupione na odwołane rejsy zachowują ważność do końca miesiąca."}, []string{
			"Nowa hala targowa zostanie otwarta wiosną i pomieści czterdzieści stoisk oraz kuchnię dla rolników.",
			"Miasto zapłaciło za dach, a cech kupców za całą resztę.",
			"Krytycy obawiają się, że stary rynek będzie w soboty świecił pustkami."}, " ",
			func(s string) string { return norm.NFD.String(strings.ToUpper(s)) }},
		{"russian", []string{
			"Паром между портом и дальним островом снова пойдёт в понедельник, сообщили владельцы после недели штормов.",
			"Никто не мог сказать, когда второе судно выйдет из дока, даже начальник порта.",
			"Билеты на отменённые рейсы действительны до конца месяца."}, []string{
			"Новый крытый рынок откроется весной, в нём сорок прилавков и кухня, где крестьяне могут готовить.",
			"Город заплатил за крышу, а гильдия торговцев за всё остальное.",
			"Критики опасаются, что старая площадь теперь будет пустовать по субботам."}, " ",
			func(s string) string { return norm.NFD.String(strings.ToUpper(s)) }},
		{"greek", []string{
			"Το πλοίο ανάμεσα στο λιμάνι και το έξω νησί ταξιδεύει ξανά τη Δευτέρα, είπαν οι ιδιοκτήτες μετά από μια εβδομάδα θύελλας.",
			"Κανείς δεν ήξερε πότε θα φύγει το δεύτερο καράβι από τη δεξαμενή, ούτε ο λιμενάρχης.",
			"Τα εισιτήρια για τα δρομολόγια που ακυρώθηκαν ισχύουν ως το τέλος του μήνα."}, []string{
			"Μια νέα αγορά ανοίγει την άνοιξη με σαράντα πάγκους και μια κουζίνα όπου μαγειρεύουν οι αγρότες.",
			"Ο δήμος πλήρωσε τη στέγη και η συντεχνία των εμπόρων όλα τα άλλα.",
			"Οι επικριτές φοβούνται ότι η παλιά πλατεία θα μένει άδεια τα Σάββατα."}, " ", norm.NFD.String},
		{"arabic", []string{
			"تبحر العبّارة بين الميناء والجزيرة البعيدة مرة أخرى يوم الاثنين كما قال أصحابها بعد أسبوع من العواصف.",
			"لم يعرف أحد متى يغادر القارب الثاني الحوض حتى مدير الميناء نفسه.",
			"تبقى التذاكر التي اشتريت للرحلات الملغاة صالحة حتى نهاية الشهر."}, []string{
			"تفتح قاعة سوق جديدة أبوابها هذا الربيع وفيها أربعون دكانا ومطبخ للفلاحين.",
			"دفعت المدينة ثمن السقف ودفعت نقابة التجار ثمن كل ما تحته.",
			"يخشى المنتقدون أن تبقى الساحة القديمة خالية أيام السبت."}, " ", norm.NFD.String},
		{"persian", []string{
			"کشتی میان بندر و جزیرهٔ دور دوشنبه دوباره به راه می\u200cافتد و صاحبان آن می\u200cگویند که توفان یک هفته طول کشید.",
			"هیچ\u200cکس نمی\u200cدانست قایق دوم کی از حوضچه بیرون می\u200cآید و رئیس بندر هم نمی\u200cدانست.",
			"بلیت\u200cهایی که برای سفرهای لغوشده خریده شده\u200cاند تا پایان ماه معتبر می\u200cمانند."}, []string{
			"بازار سرپوشیدهٔ تازه\u200cای در بهار باز می\u200cشود که چهل غرفه و یک آشپزخانه برای کشاورزان دارد.",
			"شهر هزینهٔ سقف را پرداخت و صنف بازرگانان باقی را.",
			"منتقدان می\u200cترسند که میدان کهنه شنبه\u200cها خالی بماند."}, " ", replaced("\u200c", "")},
		{"hebrew", []string{
			"המעבורת בין הנמל לאי הרחוק תפליג שוב ביום שני אמרו בעליה אחרי שבוע של סערות.",
			"איש לא ידע מתי תצא הסירה השנייה מן המבדוק ואפילו לא מנהל הנמל.",
			"כרטיסים שנקנו להפלגות שבוטלו יהיו בתוקף עד סוף החודש."}, []string{
			"אולם שוק חדש ייפתח באביב ובו ארבעים דוכנים ומטבח שבו יבשלו החקלאים.",
			"העיר שילמה על הגג ואגודת הסוחרים על כל השאר.",
			"המבקרים חוששים שהכיכר הישנה תעמוד ריקה בשבתות."}, " ", replaced(" ", "\u00a0", "המעבורת", "המעבורת\u200f")},
		{"hindi", []string{
			"बंदरगाह और दूर के द्वीप के बीच की नाव सोमवार को फिर चलेगी यह बात मालिकों ने एक हफ़्ते के तूफ़ान के बाद कही।",
			"किसी को पता नहीं था कि दूसरी नाव गोदी से कब निकलेगी बंदरगाह के अधिकारी को भी नहीं।",
			"रद्द यात्राओं के टिकट महीने के अंत तक चलेंगे।"}, []string{
			"इस वसंत में एक नया बाज़ार खुलेगा जिसमें चालीस दुकानें और किसानों के लिए एक रसोई होगी।",
			"छत का पैसा शहर ने दिया और बाक़ी सब का व्यापारियों के संघ ने।",
			"आलोचकों को डर है कि पुराना चौक शनिवार को ख़ाली रहेगा।"}, " ", replaced("फ\u093c", "\u095e", "।", " | ")},
		{"tamil", []string{
			"துறைமுகத்திற்கும் தொலைவில் உள்ள தீவுக்கும் இடையே படகு திங்கட்கிழமை மீண்டும் செல்லும் என்று உரிமையாளர்கள் கூறினர்.",
			"இரண்டாவது படகு எப்போது புறப்படும் என்று துறைமுக அதிகாரிக்கும் தெரியவில்லை.",
			"ரத்து செய்யப்பட்ட பயணங்களுக்கான சீட்டுகள் மாத இறுதி வரை செல்லும்."}, []string{
			"நாற்பது கடைகளும் விவசாயிகளுக்கான சமையலறையும் கொண்ட புதிய சந்தை இந்த வசந்தத்தில் திறக்கப்படும்.",
			"கூரைக்கு நகரமும் மற்ற எல்லாவற்றிற்கும் வணிகர் சங்கமும் பணம் கொடுத்தன.",
			"பழைய சதுக்கம் சனிக்கிழமைகளில் வெறிச்சோடும் என்று விமர்சகர்கள் அஞ்சுகின்றனர்."}, " ", norm.NFD.String},
		{"amharic", []string{
			"በወደቡና በሩቁ ደሴት መካከል የሚሄደው ጀልባ ሰኞ እንደገና ይጓዛል ሲሉ ባለቤቶቹ ከሳምንት ማዕበል በኋላ ተናገሩ።",
			"ሁለተኛው ጀልባ መቼ እንደሚወጣ የወደቡ ኃላፊ እንኳን ማወቅ አልቻለም።",
			"ለተሰረዙት ጉዞዎች የተገዙ ትኬቶች እስከ ወሩ መጨረሻ ድረስ ያገለግላሉ።"}, []string{
			"አርባ ሱቆችና ለገበሬዎች ወጥ ቤት ያለው አዲስ የገበያ አዳራሽ በዚህ የጸደይ ወቅት ይከፈታል።",
			"ከተማው ለጣራው ከፈለ የነጋዴዎች ማህበርም ለቀረው ሁሉ ከፈለ።",
			"ተቺዎች አሮጌው አደባባይ ቅዳሜ ቅዳሜ ባዶ ይሆናል ብለው ይሰጋሉ።"}, " ", replaced("።", ".", " ", "  ")},
		{"korean", []string{
			"항구와 먼 섬을 오가는 여객선이 월요일에 다시 출항한다고 선주들이 일주일의 폭풍 뒤에 밝혔다.",
			"두 번째 배가 언제 부두를 떠날지는 항만장조차 알지 못했다.",
			"취소된 항해를 위해 산 표는 이달 말까지 쓸 수 있다."}, []string{
			"올봄에 마흔 개의 가게와 농부들을 위한 부엌이 있는 새 시장이 문을 연다.",
			"지붕 값은 시가 냈고 나머지는 모두 상인 조합이 냈다.",
			"비판하는 사람들은 옛 광장이 토요일마다 텅 빌 것을 걱정한다."}, " ", norm.NFD.String},
		{"yoruba", []string{
			"Ọkọ̀ ojú omi tó ń lọ láàárín èbúté àti erékùṣù yóò tún bẹ̀rẹ̀ ní ọjọ́ Ajé gẹ́gẹ́ bí àwọn olówó rẹ̀ ṣe sọ.",
			"Kò sí ẹni tó mọ ìgbà tí ọkọ̀ kejì yóò jáde, àní ọ̀gá èbúté pàápàá kò mọ̀.",
			"Àwọn ìwé ìrìnnà tí wọ́n ti rà yóò ṣiṣẹ́ títí di ìparí oṣù."}, []string{
			"Ọjà tuntun kan yóò ṣí ní ìgbà òjò yìí pẹ̀lú ogójì ìsọ̀ àti ilé ìdáná fún àwọn àgbẹ̀.",
			"Ìlú ló san owó òrùlé, ẹgbẹ́ àwọn oníṣòwò sì san ìyókù.",
			"Àwọn alátakò ń bẹ̀rù pé gbàgede àtijọ́ yóò ṣófo ní ọjọ́ Àbámẹ́ta."}, " ", norm.NFD.String},
		{"chinese", []string{
			"港口与外岛之间的渡轮将于星期一恢复航行，船主在一周风暴之后这样说。",
			"谁也不知道第二艘船何时离开船坞，连港务长也不知道。",
			"为取消的班次购买的船票在月底之前有效。"}, []string{
			"今年春天新的市场大厅将要开张，里面有四十个摊位和一间供农民使用的厨房。",
			"屋顶由市政府出钱，其余的由商会负担。",
			"批评者担心旧广场每到周六就会空空荡荡。"}, "", replaced("，", ", ", "。", ".", "的", "的\u200b")},
		{"japanese", []string{
			"港と沖の島を結ぶフェリーが月曜日に再び運航すると、一週間の嵐のあとで船主たちが話した。",
			"二隻目の船がいつドックを出るのか、港長でさえ分からなかった。",
			"欠航した便のために買われた切符は月末まで使うことができる。"}, []string{
			"四十の店と農家が使える台所を備えた新しい市場がこの春オスクに開かれる。",
			"屋根の費用は町が払い、残りはすべて商人組合が払った。",
			"批判する人々は古い広場が土曜日に空っぽになるのを恐れている。"}, "", norm.NFD.String},
		{"japanese in narrow letters", []string{
			"ｽﾄｰﾑｶﾞｽｷﾞﾃ､ﾌｪﾘｰﾊｹﾞﾂﾖｳﾋﾞﾆﾏﾀﾃﾞﾙﾄﾌﾅﾇｼﾀﾁﾊｲｯﾀ｡", "ﾆｾｷﾒﾉﾌﾈﾊｲﾂﾄﾞｯｸｦﾃﾞﾙﾉｶﾜｶﾗﾅｲ｡", "ｷｯﾌﾟﾊｹﾞﾂﾏﾂﾏﾃﾞﾂｶｴﾙ｡"}, []string{
			"ｱﾀﾗｼｲｲﾁﾊﾞｶﾞｺﾉﾊﾙﾋﾗｶﾚﾙ｡", "ﾔﾈﾊﾏﾁｶﾞﾊﾗｲﾉｺﾘﾊｸﾐｱｲｶﾞﾊﾗｯﾀ｡", "ﾌﾙｲﾋﾛﾊﾞﾊﾄﾞﾖｳﾋﾞﾆｶﾗﾆﾅﾙ｡"}, "", norm.NFKC.String},
		{"thai", []string{
			"เรือข้ามฟากระหว่างท่าเรือกับเกาะไกลจะแล่นอีกครั้งในวันจันทร์ เจ้าของเรือกล่าวหลังพายุผ่านไปหนึ่งสัปดาห์",
			"ไม่มีใครรู้ว่าเรือลำที่สองจะออกจากอู่เมื่อไร แม้แต่นายท่าก็ไม่รู้",
			"ตั๋วที่ซื้อไว้สำหรับเที่ยวที่ยกเลิกใช้ได้ถึงสิ้นเดือน"}, []string{
			"ตลาดใหม่ที่มีสี่สิบร้านและครัวสำหรับชาวนาจะเปิดในฤดูใบไม้ผลินี้",
			"เทศบาลจ่ายค่าหลังคา ส่วนที่เหลือสมาคมพ่อค้าเป็นผู้จ่าย",
			"ผู้คัดค้านเกรงว่าลานเก่าจะว่างเปล่าทุกวันเสาร์"}, " ", replaced(" ", "\u200b\n", "ำ", "\u0e4d\u0e32")},
		{"lao", []string{
			"ເຮືອຂ້າມຟາກລະຫວ່າງທ່າເຮືອກັບເກາະໄກຈະແລ່ນອີກໃນວັນຈັນ ເຈົ້າຂອງເຮືອກ່າວຫຼັງຈາກພາຍຸໜຶ່ງອາທິດ",
			"ບໍ່ມີໃຜຮູ້ວ່າເຮືອລຳທີສອງຈະອອກເມື່ອໃດ ແມ່ນແຕ່ນາຍທ່າກໍບໍ່ຮູ້", "ປີ້ທີ່ຊື້ໄວ້ໃຊ້ໄດ້ຮອດທ້າຍເດືອນ"}, []string{
			"ຕະຫຼາດໃໝ່ທີ່ມີສີ່ສິບຮ້ານແລະເຮືອນຄົວສຳລັບຊາວນາຈະເປີດໃນລະດູນີ້", "ເມືອງຈ່າຍຄ່າຫຼັງຄາ ສ່ວນທີ່ເຫຼືອສະມາຄົມພໍ່ຄ້າຈ່າຍ", "ຄົນຢ້ານວ່າເດີ່ນເກົ່າຈະເປົ່າຫວ່າງທຸກວັນເສົາ"}, " ", replaced(" ", "\n")},
		{"khmer", []string{
			"សាឡាងរវាងកំពង់ផែនិងកោះឆ្ងាយនឹងធ្វើដំណើរម្តងទៀតនៅថ្ងៃច័ន្ទ ម្ចាស់កប៉ាល់បាននិយាយបន្ទាប់ពីព្យុះមួយសប្តាហ៍",
			"គ្មាននរណាដឹងថាទូកទីពីរនឹងចេញពេលណា សូម្បីតែប្រធានកំពង់ផែ", "សំបុត្រដែលបានទិញអាចប្រើបានរហូតដល់ចុងខែ"}, []string{
			"ផ្សារថ្មីដែលមានតូបសែសិបនិងផ្ទះបាយសម្រាប់កសិករនឹងបើកនៅរដូវនេះ", "ទីក្រុងបានបង់ថ្លៃដំបូល ហើយសមាគមអ្នកជំនួញបានបង់អ្វីៗទាំងអស់", "អ្នករិះគន់ខ្លាចថាទីលានចាស់នឹងទទេនៅថ្ងៃសៅរ៍"}, " ", replaced(" ", "\u200b ")},
		{"burmese", []string{
			"ဆိပ်ကမ်းနှင့် အဝေးကျွန်းကြား ကူးတို့သင်္ဘောသည် တနင်္လာနေ့တွင် ပြန်လည်ထွက်ခွာမည်ဟု ပိုင်ရှင်များက ပြောသည်။",
			"ဒုတိယလှေ မည်သည့်အချိန် ထွက်မည်ကို ဆိပ်ကမ်းမှူးပင် မသိပါ။", "ဝယ်ထားသော လက်မှတ်များကို လကုန်အထိ သုံးနိုင်သည်။"}, []string{
			"ဆိုင်လေးဆယ်နှင့် လယ်သမားများအတွက် မီးဖိုချောင်ပါသော ဈေးသစ်ကို ဤနွေဦးတွင် ဖွင့်မည်။", "အမိုးကို မြို့က ပေးပြီး ကျန်သည်ကို ကုန်သည်အသင်းက ပေးသည်။", "ရင်ပြင်ဟောင်းသည် စနေနေ့တိုင်း ဗလာဖြစ်မည်ကို စိုးရိမ်ကြသည်။"}, " ", replaced("။", " ။")},
	}
}

// TestLanguages scans stories in all languages at once: a story is found again
// in other characters for the same words, and without its end, and nothing else
// is found, though thresholds are low: no script is a blank to newsdedup.
func TestLanguages(t *testing.T) {
	var stories []story
	var want []keyed
	for _, l := range languages() {
		join := func(sentences []string) string { return strings.Join(sentences, l.space) }
		whole := join(l.ferry)
		another := l.another(whole)
		if another == whole {
			t.Errorf("%s: there is no other way of writing", l.name)
		}
		stories = append(stories,
			storyOf(l.name+"/1", "", whole), storyOf(l.name+"/2", "", join(l.market)),
			storyOf(l.name+"/3", "", another), storyOf(l.name+"/4", "", join(l.ferry[:2])))
		want = append(want, keyed{Exact, l.name + "/1", l.name + "/3", 1, 1, 1}, keyed{A: l.name + "/1", B: l.name + "/4"})
	}
	slices.SortFunc(want, func(p, q keyed) int { return cmpStrings(p.A, q.A, p.B, q.B) })
	for _, exhaustive := range []bool{false, true} {
		result := scanOf(t, newMemory(stories...), func(o *Options) { o.Threshold, o.Containment, o.Exhaustive = 0.5, 0.5, exhaustive })
		got := keyedPairs(result)
		for i, pair := range got {
			if pair.Kind != Exact { // its figures follow from the number of words
				got[i] = keyed{A: pair.A, B: pair.B}
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("exhaustive %t, pairs (-want +got):\n%s", exhaustive, diff)
		}
		if len(result.Repeats) > 0 || result.Summary.Empty > 0 {
			t.Errorf("exhaustive %t: %d repeats, %d articles without a word", exhaustive, len(result.Repeats), result.Summary.Empty)
		}
		for _, article := range result.Articles {
			if article.Words < 15 {
				t.Errorf("%s has only %d words", article.Key, article.Words)
			}
		}
	}
}
