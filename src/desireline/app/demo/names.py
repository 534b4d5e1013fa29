"""Names to make up people from; all ordinary, none of anybody."""

# fmt: off
FIRST_NAMES = (
    "aaron", "abigail", "adam", "aisha", "alan", "alex", "amelia", "amir", "amy", "andrew", "anna",
    "anya", "arthur", "ava", "ben", "beth", "caleb", "carol", "charlie", "chloe", "claire", "connor",
    "daisy", "dan", "david", "dev", "donna", "dylan", "edward", "ella", "emily", "emma", "erin",
    "ethan", "eva", "farah", "fatima", "finn", "fiona", "florence", "freya", "gemma", "george", "grace",
    "graham", "hannah", "harry", "hassan", "helen", "henry", "holly", "ian", "imogen", "isaac", "isla",
    "ivy", "jack", "jade", "james", "jamila", "jane", "jasmine", "jay", "jess", "joan", "john", "josh",
    "julia", "karen", "kate", "keira", "kevin", "kiran", "lara", "laura", "leah", "leo", "lewis",
    "lily", "lola", "lucy", "luke", "maisie", "maria", "mark", "martha", "mary", "mason", "maya",
    "megan", "mia", "mohammed", "molly", "nadia", "naomi", "nathan", "neil", "niamh", "noah", "nora",
    "oliver", "omar", "oscar", "owen", "paul", "peter", "phoebe", "poppy", "priya", "rachel", "rhys",
    "rosie", "ruby", "ryan", "sam", "sara", "scott", "sean", "sofia", "sophie", "stella", "susan",
    "theo", "thomas", "tom", "uma", "vera", "victor", "violet", "will", "yusuf", "zara", "zoe",
)
# fmt: on
# fmt: off
LAST_NAMES = (
    "adams", "ahmed", "akhtar", "allen", "anderson", "andrews", "bailey", "baker", "barker", "barnes",
    "begum", "bell", "bennett", "berry", "booth", "bradley", "brooks", "brown", "burton", "butler",
    "campbell", "carr", "carter", "chapman", "chen", "clark", "clarke", "cole", "collins", "cook",
    "cooper", "cox", "davies", "davis", "dixon", "edwards", "ellis", "evans", "fisher", "foster", "fox",
    "gibson", "gill", "gordon", "graham", "grant", "gray", "green", "griffiths", "hall", "hamilton",
    "harris", "harrison", "harvey", "henderson", "hill", "holmes", "hughes", "hunt", "hunter",
    "hussain", "jackson", "james", "jenkins", "johnson", "jones", "kaur", "kelly", "kennedy", "khan",
    "king", "knight", "lawrence", "lee", "lewis", "lloyd", "macdonald", "marshall", "martin", "mason",
    "matthews", "mcdonald", "miller", "mills", "mitchell", "moore", "morgan", "morris", "murphy",
    "murray", "nelson", "okafor", "owen", "palmer", "parker", "patel", "pearson", "phillips", "poole",
    "powell", "price", "reid", "reynolds", "richards", "richardson", "roberts", "robinson", "rogers",
    "rose", "russell", "scott", "shah", "shaw", "simpson", "singh", "smith", "stevens", "stewart",
    "sutherland", "taylor", "thomas", "thompson", "turner", "walker", "walsh", "ward", "watson", "webb",
    "wells", "west", "white", "williams", "wilson", "wood", "wright", "young",
)
# fmt: on
MAIL_HOSTS = ("gmail.com", "gmail.com", "gmail.com", "outlook.com", "hotmail.co.uk", "yahoo.co.uk")
WORK_HOSTS = ("hartfordlogistics.co.uk", "mersey-design.co.uk", "northvale.org.uk", "oakandreid.com")
FIRST_NAMES_OF_AGENTS = tuple(name.title() for name in FIRST_NAMES[::4])
CITIES = ("London", "Leeds", "Cardiff", "Bristol", "Glasgow", "Manchester", "Belfast", "Norwich")
