"""The texts that the platform writes in authentication templates, language by language.

English and Spanish are documented (D/templates/authentication-templates/template-preview); the other
languages are as clients of the editor print them. Where nobody prints a language, the text is English; the
variety of a country is written as its language.
"""

from __future__ import annotations

from functools import cache

from emulator.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class AuthenticationTexts:
    """The texts of an authentication template in one language.

    ``copy`` and ``autofill`` label the button; ``code`` is the body with its variable, ``recommendation`` the
    sentence about security, and ``expiry`` the footer with ``{}`` in place of the minutes.
    """

    copy: str
    autofill: str
    code: str
    recommendation: str
    expiry: str

    def body(self, with_recommendation: bool) -> str:
        """Write the whole body; ``with_recommendation`` adds the sentence about security to the code's.

        A space stands between the two, but none after a full stop of Chinese or Japanese.
        """
        if not with_recommendation:
            return self.code
        return self.code + ("" if self.code.endswith("。") else " ") + self.recommendation


ENGLISH = AuthenticationTexts(
    "Copy code",
    "Autofill",
    "*{{1}}* is your verification code.",
    "For your security, do not share this code.",
    "This code expires in {} minutes.",
)

_OTHERS = """
af | Kopieer kode | Outovul
*{{1}}* is jou verifikasiekode.
Moenie hierdie kode deel nie, vir jou eie sekuriteit.
Hierdie kode verstryk oor {} minute.

sq | Kopjo kodin | Plotëso automatikisht
*{{1}}* është kodi yt i verifikimit.
Për sigurinë tënde, mos e ndaj këtë kod.
Ky kod skadon pas {} minutash.

ar | نسخ الرمز | ملء تلقائي
*{{1}}* هو رمز التحقق الخاص بك.
للحفاظ على أمانك، تجنب مشاركة هذا الرمز.
This code expires in {} minutes.

bn | কোডটি কপি করুন | অটোফিল করুন
*{{1}}* হলো আপনার ভেরিফিকেশন কোড।
আপনার নিরাপত্তার কারণেই এই কোডটা শেয়ার করবেন না।
এই কোডের মেয়াদ {} মিনিটের মধ্যে শেষ হয়ে যাবে।

bg | Копиране на кода | Автоматично попълване
*{{1}}* е вашият код за потвърждение.
С оглед на сигурността ви не споделяйте този код.
Този код изтича след {} минути

zh_CN | 复制验证码 | 自动填写
*{{1}}* 是你的验证码。
为安全起见，请不要分享这组验证码。
这组验证码将在 {} 分钟后过期。

zh_HK | 複製驗證碼 | 自動填入
*{{1}}* 是你的驗證碼。
為了安全起見，請勿分享此驗證碼。
這組驗證碼將於 {} 分鐘後失效。

zh_TW | 複製驗證碼 | 自動填入
*{{1}}* 是你的驗證碼。
為了安全起見，請勿分享此驗證碼。
這組驗證碼將於 {} 分鐘後失效。

hr | Kopiraj kôd | Automatski ispuni
*{{1}}* je vaš kôd za provjeru valjanosti.
Nemojte dijeliti kôd radi svoje sigurnosti.
Ovaj kôd istječe za {} min.

cs | Zkopírovat kód | Automatické vyplnění
Váš ověřovací kód je *{{1}}*.
Z bezpečnostních důvodů tenhle kód s nikým nesdílejte.
Platnost kódu skončí za {} min.

da | Kopiér koden | Udfyld automatisk
*{{1}}* er din verificeringskode.
Af hensyn til din sikkerhed må du ikke dele denne kode.
Denne kode udløber om {} minutter.

nl | Code kopiëren | Automatisch invullen
*{{1}}* is je verificatiecode.
Deel deze code om veiligheidsredenen niet.
Deze code verloopt over {} minuten.

et | Kopeeri kood | Automaatne täitmine
*{{1}}* on sinu kinnituskood.
Turvalisuse huvides ära jaga seda koodi.
See kood aegub {} minuti pärast.

fil | Kopyahin ang code | Autofill
*{{1}}* ang iyong verification code.
Para sa iyong seguridad, huwag i-share ang code na ito.
Mag-e-expire ang code na ito sa loob ng {} minuto.

fi | Kopioi koodi | Täytä automaattisesti
*{{1}}* on vahvistuskoodisi.
Pidä koodi omana tietonasi turvallisuussyistä.
Tämä koodi vanhenee {} minuutin kuluttua.

fr | Copier le code | Saisie automatique
Votre code de vérification est *{{1}}*.
Pour votre sécurité, ne le partagez pas.
Ce code expire dans {} minutes.

ka | კოდის კოპირება | თვითშევსება
*{{1}}* არის თქვენი დამადასტურებელი კოდი.
თქვენივე უსაფრთხოებისთვის, არავის გაუზიაროთ ეს კოდი.
ამ კოდის მოქმედების ვადა ამოიწურება {} წუთში.

de | Code kopieren | Automatisch ausfüllen
Dein Verifizierungscode lautet *{{1}}*.
Aus Sicherheitsgründen solltest du den Code nicht teilen.
Dieser Code verfällt in {} Minuten.

el | Αντιγραφή κωδικού | Αυτόματη συμπλήρωση
Το *{{1}}* είναι ο κωδικός επαλήθευσής σας.
Για τη δική σας ασφάλεια, μην τον κοινοποιήσετε σε τρίτους.
Ο κωδικός λήγει σε {} λεπτά.

gu | કોડ કોપિ કરો | આપમેળે ભરો
*{{1}}*એ તમારો ખાતરીનો કોડ છે.
તમારી સુરક્ષા માટે, આ કોડ કોઈની સાથે શેર કરશો નહીં.
આ કોડ {} મિનિટમાં સમાપ્ત થશે.

he | העתקת הקוד | מילוי אוטומטי
קוד האימות הוא *{{1}}*.
מטעמי אבטחה, אין לשתף את הקוד הזה.
תוקף הקוד הזה יפוג בעוד {} דקות.

hi | कोड कॉपी करें | अपने आप भरें
*{{1}}* आपका वेरिफ़िकेशन कोड है.
अपनी सुरक्षा के लिए, इस कोड को किसी के साथ शेयर न करें.
इस कोड की समय-सीमा {} मिनट में समाप्त हो जाएगी

hu | Kód másolása | Automatikus kitöltés
A(z) *{{1}}* az ellenőrző kódod.
A saját biztonságod érdekében mással ne oszd meg ezt a kódot.
Ez a kód {} perc múlva lejár.

id | Salin kode | Isi otomatis
*{{1}}* adalah kode verifikasi Anda.
Demi keamanan, jangan bagikan kode ini.
Kode ini kedaluwarsa dalam {} menit.

it | Copia codice | Inserimento automatico
*{{1}}* è il tuo codice di verifica.
Per garantire la tua sicurezza, ti consigliamo di non condividere questo codice.
Questo codice scadrà tra {} minuti.

ja | コードをコピー | 自動入力
*{{1}}*があなたの認証コードです。
セキュリティのため、このコードは他の人に共有しないでください。
このコードは{}分後に期限切れとなります

kn | ಕೋಡ್ ನಕಲಿಸಿ | ಸ್ವಯಂಭರ್ತಿ
*{{1}}* ಇದು ನಿಮ್ಮ ಪರಿಶೀಲನೆ ಕೋಡ್ ಆಗಿದೆ.
ನಿಮ್ಮ ಭದ್ರತೆಗಾಗಿ, ಈ ಕೋಡ್ ಅನ್ನು ಹಂಚಿಕೊಳ್ಳಬೇಡಿ.
ಈ ಕೋಡ್ {} ನಿಮಿಷಗಳಲ್ಲಿ ಅವಧಿ ಮೀರುತ್ತದೆ

ko | 코드 복사 | 자동 입력
인증 코드는 *{{1}}*입니다.
보안을 위해 이 코드는 공유하지 마세요.
이 코드는 {}분 후에 만료됩니다.

lv | Kopēt kodu | Automātiski aizpildīt
*{{1}}* ir jūsu verifikācijas kods.
Jūsu drošībai nekopīgojiet šo kodu.
Koda derīgums beidzas pēc {} minūtēm

lt | Kopijuoti kodą | Automatinis pildymas
*{{1}}* yra jūsų patvirtinimo kodas.
Saugos sumetimais nebendrinkite šio kodo.
Šis kodas baigs galioti po {} min.

mk | Копирај го кодот | Пополни автоматски
*{{1}}* е твојот код за верификација.
За твоја безбедност, не го споделувај овој код.
Кодов истекува за {} минути.

ms | Salin kod | Autoisi
*{{1}}* adalah kod penentusahan anda.
Untuk keselamatan anda, jangan kongsikan kod ini.
Kod ini akan luput dalam masa {} minit.

ml | കോഡ് പകർത്തുക | ഓട്ടോഫിൽ ചെയ്യുക
നിങ്ങളുടെ വെരിഫിക്കേഷൻ കോഡ് *{{1}}* ആണ്.
നിങ്ങളുടെ സുരക്ഷയ്ക്ക്, ഈ കോഡ് പങ്കിടരുത്.
ഈ കോഡ് {} മിനിറ്റിനുള്ളിൽ കാലഹരണപ്പെടുന്നു

mr | कोड कॉपी करा | ऑटोफिल
*{{1}}* हा तुमचा व्हेरिफिकेशन कोड आहे.
तुमच्या सुरक्षेसाठी, हा कोड शेअर करू नका.
हा कोड {} मिनिटांमध्ये कालबाह्य होतो.

nb | Kopier kode | Automatisk utfylling
*{{1}}* er bekreftelseskoden din.
Av hensyn til sikkerheten din må du ikke dele denne koden.
Denne koden utløper om {} minutter.

pl | Skopiuj kod | Uzupełnij automatycznie
*{{1}}* to kod weryfikacyjny.
Ze względów bezpieczeństwa nie udostępniaj tego kodu.
Ten kod wygaśnie za {} minut.

pt_BR | Copiar código | Preenchimento automático
Seu código de verificação é *{{1}}*.
Para sua segurança, não o compartilhe.
Este código expira em {} minutos.

pt_PT | Copiar código | Preencher automaticamente
*{{1}}* é o teu código de verificação.
Para tua segurança, não partilhes este código.
Este código expira dentro de {} minutos.

pa | ਕੋਡ ਕਾਪੀ ਕਰੋ | ਸਵੈਚਲ ਭਰੋ
*{{1}}* ਤੁਹਾਡਾ ਪੁਸ਼ਟੀਕਰਨ ਕੋਡ ਹੈ।
ਆਪਣੀ ਸੁਰੱਖਿਆ ਲਈ, ਇਹ ਕੋਡ ਸਾਂਝਾ ਨਾ ਕਰੋ।
ਇਸ ਕੋਡ ਦੀ ਮਿਆਦ {} ਮਿੰਟਾਂ ਵਿੱਚ ਸਮਾਪਤ ਹੋ ਜਾਵੇਗੀ।

ro | Copiază codul | Completare automată
*{{1}}* este codul tău de verificare.
Pentru siguranţa ta, nu dezvălui acest cod.
Acest cod va expira peste {} minute.

ru | Копировать код | Заполнить автоматически
Ваш код подтверждения — *{{1}}*.
Из соображений безопасности не сообщайте никому этот код.
Срок действия этого кода истекает через {} минут.

sr | Копирај кôд | Аутоматско попуњавање
*{{1}}* је ваш кôд за потврду.
Ради сопствене безбедности, немојте га делити ни са ким.
Овај кôд истиче за {} минута.

sk | Kopírovať kód | Vyplniť automaticky
*{{1}}* je váš overovací kód.
V záujme bezpečnosti tento kód nezdieľajte.
Tento kód vyprší o {} min.

sl | Kopiraj kodo | Samozapolnitev
Tvoja potrditvena koda je *{{1}}*
Zaradi varnosti ne deli te kode.
Koda bo potekla čez {} minut.

es | Copiar código | Autocompletar
Tu código de verificación es *{{1}}*.
Por tu seguridad, no lo compartas.
Este código caduca en {} minutos.

sw | Nakili msimbo | Jaza kiotomatiki
*{{1}}* ndio msimbo wako wa kuthibitisha.
Kwa usalama wako, usimpe mwingine msimbo huu.
Msimbo huu utakwisha muda baada ya dakika {}.

sv | Kopiera koden | Autokomplettera
*{{1}}* är din verifieringskod.
Av säkerhetsskäl ska du inte dela koden med någon annan.
Koden går ut om {} minuter.

ta | குறியீட்டை நகலெடுத்திடுக | தானாக நிரப்புக
*{{1}}* என்பது சரிபார்ப்பு குறியீடாகும்.
பாதுகாப்பிற்காக, இந்தக் குறியீட்டைப் பகிர வேண்டாம்.
இந்தக் குறியீடு {} நிமிடங்களில் காலாவதியாகும்.

te | కోడ్‌ను కాపీ చేయండి | ఆటోఫిల్ చేయి
*{{1}}* మీ వెరిఫికేషన్ కోడ్.
మీ భద్రత కోసం ఈ కోడ్‌ను షేర్ చేయవద్దు.
ఈ కోడ్ గడువు {} నిమిషాల్లో ముగుస్తుంది.

th | คัดลอกรหัส | กรอกอัตโนมัติ
รหัสยืนยันของคุณคือ *{{1}}*
โปรดอย่าบอกรหัสนี้แก่ผู้อื่นเพื่อความปลอดภัยของคุณ
รหัสนี้จะหมดอายุใน {} นาที

tr | Kodu kopyala | Otomatik doldur
*{{1}}* doğrulama kodun.
Güvenliğin için bu kodu paylaşma.
Bu kodun süresi {} dakika sonra doluyor.

uk | Копіювати код | Заповнити автоматично
Ваш код підтвердження – *{{1}}*.
З міркувань безпеки не повідомляйте нікому цей код.
Термін дії цього коду закінчується через {} хвилин.

ur | کوڈ کاپی کریں | آٹو میٹک طریقے سے بھریں
*{{1}}* آپ کا توثیقی کوڈ ہے۔
اپنی حفاظت کی خاطر یہ کوڈ شیئر نہ کریں۔
یہ کوڈ {} منٹ میں زائد المیعاد ہو جائے گا۔

vi | Sao chép mã | Tự động điền
*{{1}}* là mã xác minh của bạn.
Để bảo mật, bạn đừng chia sẻ mã này.
Mã này sẽ hết hạn trong {} phút nữa.
"""
"""A paragraph a language: its code with the two labels, the code's sentence, the advice, the expiry."""


def authentication_texts(language: str) -> AuthenticationTexts:
    """Find the texts for ``language``, such as ``pt_BR``: its own, those of ``pt``, or the English ones."""
    known = _known()
    return known.get(language) or known.get(language.partition("_")[0]) or ENGLISH


@cache
def _known() -> dict[str, AuthenticationTexts]:
    found = {}
    for paragraph in _OTHERS.strip().split("\n\n"):
        head, code, advice, expiry = paragraph.split("\n")
        language, copy, autofill = head.split(" | ")
        found[language] = AuthenticationTexts(copy, autofill, code, advice, expiry)
    return found
