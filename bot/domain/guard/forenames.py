"""Forenames common in Britain, so that a name can be told from a heading.

Written for this guard; it need not be complete, because names also count by the
words around them. Names that are as often ordinary words (Will, Mark, Grace, Hope,
May, Bill, Rose) are left out and count only by their surroundings.
"""

FORENAMES = frozenset(
    """
aaliyah aaron abbie abby abdul abdullah abigail abu ada adam adams adele adeel
adrian agnes ahmed aidan aileen aimee aisha aishah ajay alan alana albert alex
alexander alexandra alexandria alfie alfred ali alice alicia alina alisha alison
alistair allan allison alma amanda amara amber amelia amelie amina amir amit amy
anand andre andrea andreea andrew andy angela angus anil anika anita ann anna
annabel anne annette annie anthony antonia antony anya april archie arjun arlene
arnold arthur arun asha ashleigh ashley ashok asif audrey ava avril ayesha aziz
babar barbara barry bartosz beatrice becky belinda ben benjamin bernadette bernard
beryl beth bethan bethany betty beverley bilal billy bob bobby bradley brandon
brenda brendan bethan brett brian bridget bronwen bruce bryan bryn byron caitlin
callum calvin cameron carl carla carmel carol carole caroline carolyn carys cassie
catherine cathy cecil cecilia celia ceri chantelle charlene charles charlie
charlotte chelsea cheryl chioma chloe chris christian christina christine
christopher ciara cindy claire clara clare clarence claudia clifford clive
clodagh colette colin colleen connor conor constance corey courtney craig cynthia
cyril daisy dale damian damien dan daniel daniela danielle danny daphne darren dave
david davina dawn dean deborah debbie debra declan deepak deirdre delroy denis
denise dennis derek dermot desmond dev diana diane dilys dominic don donald donna
doreen doris dorothy douglas duncan dwayne dylan eamonn ebony edith edmund edna
edward edwin eileen eilidh elaine eleanor elena eli elijah elin elise eliza
elizabeth ella ellen ellie ellis elliot elliott elsie emily emma emmanuel enid eric
erin ernest esme estelle esther ethan ethel eugene eunice eva evan evelyn evie
farah farhan fatima fatma fay faye felicity felix femi finlay fiona florence
frances francesca francis frank frankie fraser fred freda freddie frederick freya
gail gareth gary gavin gaynor gemma geoff geoffrey george georgia georgie
georgina gerald geraldine gerard gillian gina gladys glen glenda glenn glenys
gloria gordon graeme graham greg gregory greta guy gwen gwyneth habib haleema
hamza hannah harold harpreet harriet harry harvey hasan hassan hayley hazel heather
helen helena henry herbert hilary hilda horace howard hugh hugo hussain hussein ian
ibrahim ida ifeoma imran imogen ingrid iqbal irene iris irfan isaac isabel isabella
isabelle isla ismail ivan ivor iwan jacek jack jackie jacob jacqueline jade jagdish
jake jamal james jamie jan jane janet janice janine jared jasmin jasmine jason
jaswinder jatinder javed jay jayne jean jeanette jeff jeffrey jemma jenna jennifer
jenny jeremy jermaine jerome jess jessica jessie jill jim jimmy joan joann joanna
joanne jodie joe joel john johnny jon jonathan jordan joseph josephine josh joshua
joy joyce juan judith judy julia julian julie juliet june justin kai kamal kamran
karen karl karolina kasia kate katherine kathleen kathryn kathy katie katrina katy
kavita kay kayleigh keith kelly kelvin ken kenneth keri kerry kevin khadija khalid
kiera kieran kim kimberley kimberly kiran kirsten kirsty krishna kristina krzysztof
kumar kyle laila lakshmi lance laura lauren laurence lawrence leah leanne lee leigh
lena lenny leo leon leonard leroy lesley leslie lewis liam liba lillian lily linda
lindsay lindsey linsey lisa liz lloyd lola lorna lorraine louis louisa louise luca
lucas lucia lucinda lucy luke lydia lyn lynda lynn lynne lynsey mabel madeleine
madison magdalena mahmood maisie malcolm malik mandy manjit marcia marcin marcus
margaret margery maria mariam marian marie marilyn marina marion marjorie marlene
martha martin martyn mary maryam matilda matt matthew maureen maurice mavis max
maxine megan mehmet mel melanie melissa melvin mercy mervyn mia michael michaela
michele michelle mike mildred millicent millie milly miriam moeen mohamed mohammad
mohammed moira molly mona monica morag morgan moses muhammad muriel murray mustafa
myra myrtle nadia nadine nancy naomi nasreen natalie natasha nathan nathaniel naveed
neha neil nell nellie neville ngozi niall niamh nichola nicholas nick nicky nicola
nicole nigel nikki nina nirmala noah noel noreen nora norma norman norah oleg oliver
olive olivia olu oluwaseun omar orla oscar osman owen oyelaran padraig paige pamela
parveen pat patricia patrick paul paula pauline pearl peggy penelope penny percy
perry pete peter petra phil philip phillip phoebe phyllis pippa piotr polly prakash
pradeep priya quentin rachael rachel raj rajesh ralph ramesh rania rashid ravi ray
raymond rebecca reece reena reg reggie reginald rehana rekha rhiannon rhian rhona
rhys richard rita rob robert roberta robin robyn roderick rodney roger roland ron
ronald rory rosa rosalind rosemarie rosemary rosie ross roxanne roy ruairi ruby
rupert russell ruth ryan sabrina sadia sadie saeed sahra saima sajid saleem salim
sally salma sam samantha samina samir samuel sandra sanjay sara sarah saskia
scarlett scott sean sebastian selina shabana shabnam shahid shaheen shamima shane
shannon sharon shaun shauna sheila shelley sheena shirley shreya sian sidney sienna
simon simone sinead siobhan sofia sonia sophia sophie stacey stan stanley stefan
stella stephanie stephen steve steven stewart stuart subhash sue sukhdev sunil
sunita surinder susan susie suzanne sybil sylvia tabitha tahir tahira tamara tania
tanya tara tariq tasha taylor ted terence teresa terrence terri terry tessa thea
thelma theo theodore theresa thomas tiffany tim timothy tina toby todd tom tomasz
tommy toni tony tracey tracy trevor tricia trisha tristan tyler usha usman valerie
vanessa vera verity vernon veronica vic vicki vicky victor victoria vijay vikram
vincent viola violet virginia vivian vivien vivienne walter wanda warren wasim
wayne wendy wilfred william willow winifred winston xavier yasmin yasmine yousef
yusuf yvette yvonne zac zach zachary zahra zainab zara zeenat zoe zofia zubair
""".split()  # noqa: SIM905 - a list of 900 strings would hide what it is
)

#: Capitalised words that are not part of a person's name.
NOT_NAMES = frozenset(
    """
a about abstracts accident acute additional address after afternoon again age aged
agree all alliance mon tue tues wed thu thur thurs fri sat sun minutes version gate edition issue page draft actions action also am an and annual any anybody anyone anything apologies
appointment are area as asked at august autumn away bank barrett barretts bassetlaw
be bed been before bell bells best birth birthday born both bowel brain bradford breach breached breast bristol british
but by call called calling can cancel cancer cannot care case cc cdc central centre
charity chased chasing check chest child clinic clinical close college colonoscopy
colorectal community complaint confirmed consultant contact cornwall could council
coventry cumbria ct date day days dear december deadline dec delay department derby
details devon diagnosis diagnostic dial did direct discharged discussed dna do dob
does doctor done dorset dr dukes duty each early east ebus email emergency emis
endoscopy england english essex even evening every faster fast feb february ferritin
few fit five follow following for form forms found four friday from full further
fwd fyi gastro general gleason gloucestershire good got gp gps great greater guidance
guideline guys had hampshire happy harrogate has hatton have he head health hello help
her here hi his home hospital how humber hospice i icb if in inc indicator infirmary
info information innovation input insight integrated is issue it italian january jan
july jul june jun just keep kent key king kings lab lancashire lancaster last late
latest lead leads leeds leicester let letter like lincolnshire liver liverpool local
london looking lots lower lung lynch macmillan male female man manchester many march
mdt me medical medicine meeting median memorial merseyside message midlands missing
mobile monday month more morning most mr mrs ms miss mx much my name named names
national need needed needs new newcastle next nhs nice nino no norfolk north northern
not note notes nottingham november nov now nurse number october oct of office old on
once one online only open option options or order other our out outcome over oxford
pain palliative parking pas path pathology pathway pathways patient patients peninsula
performance pet phone plan please plymouth policy post practice practices primary
prof professor programme prostate pt pts public qof quality quarter question quick
re really received recent record referral referrals referred region regional regards
report reminder research respiratory results result review ring road room round royal
rnli safety said saturday scan scotland scottish screening second see seen send sent
september sep service services she sheffield should showing since site six skin
slides so some somebody someone somerset south southern st staff standard step still
straight study sunday support surgery surgical surname surrey sussex suspected
symptom symptoms systmone target targeted team teams ten test testing text than thank
thanks that the their them then there these they things this those three thursday ticket tim
times to today tomorrow trial tried trust tuesday two uk ultrasound under
unit university update updated upper urgent urology us use used vague valley vetted
victoria video wales ward warwick was way we webinar wednesday week weekly weeks welcome
welsh went were west western what when where which while who why will wilson wiltshire wirral
with would wrong year years yes yesterday york yorkshire you your zoom
attended awaiting biopsy booked cheshire ask lists lives says
""".split()  # noqa: SIM905 - likewise
) - {"king", "wilson", "bell", "barrett", "york", "victoria", "lancaster", "derby"}
