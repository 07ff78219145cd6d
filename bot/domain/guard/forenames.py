"""Forenames common in Britain, so that a name can be told from a heading.

Written for this guard; it need not be complete, because names also count by the
words around them. Names that are as often ordinary words (Will, Mark, Grace, Hope,
May, Bill, Rose) are left out and count only by their surroundings.
"""

FORENAMES = frozenset(
    """
aaliyah aaron aarti abbie abby abdi abdul abdullah abigail abiodun abu ada adam adams
adebayo adeel adele adeola adrian agnes agnieszka ahmed aidan aileen aimee aisha
aishah ajay alan alana albert alex alexander alexandra alexandria alfie alfred ali
alice alicia alina alisha alison alistair allan allison alma amanda amara amber amelia
amelie amina amir amit amy anand andre andrea andreea andrew andrzej andy angela angus
anika anil anita ann anna annabel anne annette annie anthony antonia antony anya aoife
april archie arjun arlene arnold arthur arun asha ashleigh ashley ashok asif audrey
ava avril ayesha aziz babar balwinder barbara barry bartosz bashir beatrice becky
belinda ben benjamin bernadette bernard beryl beth bethan bethany betty beverley
bharat bhavesh bilal billy binta bob bobby bradley brandon brenda brendan brett brian
bridget bronwen bruce bryan bryn byron caitlin callum calvin cameron carl carla carly
carmel carol carole caroline carolyn carys cassie catherine cathy cecil cecilia celia
ceri chantelle charlene charles charlie charlotte chelsea cheryl chidi chinedu chioma
chloe chris christian christina christine christopher chun ciara cindy claire clara
clare clarence claudia clifford clive clodagh colette colin colleen connor conor
constance corey cormac courtney craig cynthia cyril daisy dale damian damien dan
daniel daniela danielle danny daphne darren dave david davina dawn dean debbie deborah
debra declan deepa deepak deirdre delroy denis denise dennis derek dermot desmond dev
diana diane dilys dinesh dipak dominic don donald donna doreen doris dorothy douglas
duncan dwayne dylan dympna eamonn ebony ebrima edith edmund edna edward edwin eileen
eilidh eirlys elaine eleanor elena eli elif elijah elin elise eliza elizabeth ella
ellen ellie elliot elliott ellis elsie emeka emily emma emmanuel enid eoin eric erin
ernest esme estelle esther ethan ethel eugene eunice eva evan evelyn evie ewa ewan
farah farhan fatima fatma fatou fay faye felicity felix femi finlay fiona florence
folake frances francesca francis frank frankie fraser fred freda freddie frederick
freya gail gareth gary gavin gaynor gemma geoff geoffrey george georgia georgie
georgina gerald geraldine gerard ghulam gillian gina gladys glen glenda glenn glenys
gloria gordon graeme graham greg gregory greta grzegorz gurdeep gurpreet guy gwen gwyn
gwyneth habib hala haleema hamza hannah hardeep haresh harjinder harjit harold
harpreet harriet harry harvey hasan hassan hayley hazel heather helen helena henry
herbert hetal hilary hilda hina hitesh hodan horace howard hugh hugo hui hussain
hussam hussein huw ian ibrahim ida idris ifan ifeoma imogen imran ingrid iqbal irene
irfan iris irshad isaac isabel isabella isabelle ishaq isla ismail ivan ivor ivy iwan
jacek jack jackie jacob jacqueline jade jagdish jake jamal james jamie jan jane janet
janice janine jared jasbir jasmin jasmine jason jaspreet jaswinder jatinder javed jay
jayesh jayne jean jeanette jeff jeffrey jemma jenna jennifer jenny jeremy jermaine
jerome jess jessica jessie jill jim jimmy joan joann joanna joanne jodie joe joel john
johnny jon jonathan jordan joseph josephine josh joshua joy joyce juan judith judy
julia julian julie juliet june justin jyoti kai kalpana kamal kamla kamran karen karl
karolina kasia kate katherine kathleen kathryn kathy katie katrina katy kavita kay
kayleigh keith kelly kelvin ken kenneth keri kerry kevin khadija khalid kiera kieran
kim kimberley kimberly kiran kirit kirsten kirsty kofi krishna kristina krzysztof
kuldip kulwinder kumar kwabena kwame kwok kyle laila lakshmi lamin lance laura lauren
laurence lawrence layla leah leanne lee leigh lena lenny leo leon leonard leroy lesley
leslie lewis liam liaqat liba lillian lily linda lindsay lindsey ling linsey lisa liz
lloyd lola lorna lorraine louis louisa louise luca lucas lucia lucinda lucy luke lydia
lyn lynda lynn lynne lynsey mabel madeleine madison magdalena mahesh mahmood mair
mairead maisie malcolm malgorzata malik mandeep mandy manjit manpreet maqsood marcia
marcin marcus margaret margery maria mariam mariama marian marie marilyn marina marion
marjorie marlene martha martin martyn mary maryam matilda matt matthew maureen maurice
mavis max maxine meena megan mehmet mel melanie melissa melvin mercy mervyn mia
michael michaela michele michelle mike mildred millicent millie milly minh miriam
moeen mohamad mohamed mohammad mohammed mohamud moira molly mona monica morag morgan
moses muhammad mukesh muriel murray mushtaq mustafa myra myrtle nadia nadine nancy
naomi naresh nasir nasreen nasser natalie natasha nathan nathaniel naveed neha neil
nell nellie neville ngozi nguyen nia niall niamh nichola nicholas nick nicky nicola
nicole nigel nikki nilesh nina nirmala nisha nkechi noah noel noor nora norah noreen
norma norman nur obinna oleg olive oliver olivia olu oluwaseun oluwatobi omar orla
oscar osman owen oyelaran oyinkansola padraig paige pamela paramjit parveen pat
patricia patrick paul paula pauline pearl peggy penelope penny percy perry pervez pete
peter petra phil philip phillip phoebe phyllis piotr pippa polly pooja pradeep prakash
priya puja pushpa quentin rachael rachel rafiq raj rajesh ralph ramesh ramila rana
rania ranjit rashid rashida ravi ray raymond razia rebecca reece reem reena reg reggie
reginald rehana rekha reshma rhian rhiannon rhona rhys riaz richard ricky rita rob
robert roberta robin robyn roderick rodney roger roland ron ronald rory rosa rosalind
rosemarie rosemary rosie ross roxanne roy ruairi ruby rukhsana rupal rupert russell
ruth ryan sabrina sadia sadie saeed sahra saima sajid saleem salim sally salma sam
samantha samina samir samira samuel sandra sangita sanjay sara sarah sarfraz saskia
satnam scarlett scott sean sebastian selina shabana shabir shabnam shafiq shaheen
shahid shamima shane shannon sharon shaun shauna shazia sheena sheila shelley shirley
shreya sian sidney sienna simon simone sinead siobhan sioned siu sofia sofiya sonal
sonia sophia sophie stacey stan stanislaw stanley stefan stella stephanie stephen
steve steven stewart stuart suad subhash sue sukhdev sukhwinder sunil sunita suresh
surinder susan sushila susie suzanne sybil sylvia tabitha tahir tahira tamara tania
tanveer tanya tara tarek tariq tasha tasneem taylor ted terence teresa terrence terri
terry tessa thea thelma theo theodore theresa thi thomas tiffany tim timothy tina toby
todd tom tomasz tommy toni tony tracey tracy tran trevor tricia trisha tristan tunde
tyler usha usman uzma valerie vanessa vera verity vernon veronica vic vicki vicky
victor victoria vijay vikram vincent viola violet virginia vivian vivien vivienne wael
wai walter wanda warren wasim wayne wendy wilfred william willow winifred winston
wyatt xavier xin yaqub yasin yasmin yasmine yetunde ying yousef yunus yusuf yvette
yvonne zac zach zachary zaheer zahid zahra zainab zara zbigniew zeenat zeinab zoe
zofia zubair zulfiqar
""".split()  # noqa: SIM905 - a list of 900 strings would hide what it is
)

#: Capitalised words that are not part of a person's name.
NOT_NAMES = frozenset(
    """
a about abstracts accident action actions acute additional address after afternoon
again age aged agree all alliance also am an and annual any anybody anyone anything
apologies appointment are area as ask asked at attached attended august autumn avenue
awaiting away baby bank barretts bassetlaw bay be bed been before bells best biopsy
birth birthday booked born both bowel box bradford brain breach breached breast
bristol british bronchoscopy bst building but by call called calling can cancel cancer
cannot care case cc cdc central centre charity chased chasing check cheshire chest
child clinic clinical clinics close college colonoscopy colorectal community complaint
confirmed consultant contact cornwall could council coventry crescent ct cumbria date
day days deadline dear dec december delay department details devon diagnosis
diagnostic dial did direct discharged discussed dna do dob doctor does done dorset dr
draft drive dukes duty e-mail each early east ebus edition edt email emergency emis
endoscopy england english essex even evening every ext fast faster fax feb february
female ferritin few first fit five flat floor follow following for forename forenames
form forms found four frcgp frcs fri friday from full further fwd fyi gastro gate
general gleason gloucestershire gmt good got gp gps great greater group guidance
guideline guys had hampshire happy harrogate has hatton have he head health hello help
her here hi his histology home hospice hospital house how humber i icb if in inc
indicator infirmary info information innovation inpatient input insight insurance
integrated is issue it italian jan january jul july jun june just keep kent key
kingdom kings kit kits lab labs lancashire lane last late latest lead leads leeds
leicester let letter like lincolnshire lists liver liverpool lives local london
looking lots lower lung lynch macmillan male man manchester many march master mbe mdt
me median medical medicine meeting memorial merseyside message midlands minutes miss
missing mob mobile mon monday month more morning most mr mrs ms much mx my name named
names national need needed needs new newcastle next nhs ni nice nino no norfolk north
northern not note notes nottingham nov november now number nurse obe oct october of
office old on once one online only open option options or order other our out outcome
outpatient outpatients over oxford page pain pals palliative panel parking participation
pas path pathology pathway pathways patient patients peninsula performance pet phone
plan please plymouth policy post practice practices primary prof professor programme
prostate pt pts public qof quality quarter question quick re really received recent
record referral referrals referred regarding regards region regional reminder reply
report representative research respiratory result results review ring rnli road room
rota round royal safety said sat saturday says scan scotland scottish screening second
see seen send sent sep september service services she sheffield should showing since
site six skin slides so some somebody someone somerset south southern spoke spoken st
staff standard step still straight street study subject suite sun sunday support
surgery surgical surname surnames surrey suspected sussex symptom symptoms systmone
target targeted team teams tel ten test testing text than thank thanks that the
theatre their them then there these they things this those three thu thur thurs
thursday ticket tim times to today tomorrow trial tried trust trusts tue tues tuesday
two uk ultrasound under unit united university update updated upper urgent urology us
use used vague valley version vetted video voice wales ward warwick was way wc we
webinar wed wednesday week weekly weeks welcome welsh went were west western what
whatsapp when where which while who why will wiltshire wirral with would wrong year
years yes yesterday yorkshire you your zoom
""".split()  # noqa: SIM905 - likewise
)
