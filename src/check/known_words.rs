//! Words in capitals that need no explanation: known to everybody, known to engineers, and no abbreviations at all.

use crate::talk::Level;

/// Abbreviations of everyday life and of any office, names of firms and of kinds of files, and units.
const EVERYDAY: &str = "
    AD AI AKA AM APP ASAP ATM BBC BC BMW BTW CEO CFO CN CNN CNY COO CPU CTO CV DHL DIY DJ DNA DOC DOCX DR DVD EOD ETA EU EUR
    FAQ FM FTW FYI GBP GIF GMT GPS GPT GPU HDMI HK HKD HP HR HTML IBM ID IKEA IMHO IT JP JPEG JPG JPY KFC KPI LED LEGO LG MP3 MP4
    MVP NASA OK OKR PC PDF PIN PM PNG POV PPT PPTX PR PS QA QR RMB ROI RPG SAP SIM SMS SOP TBD TLDR TV TXT UK UN URL US USA
    USB USD UTC VIP VPN VS WIFI WWW XLS XLSX ZIP B2B B2C C2C O2O P2P AT CM DB FPS GB GBPS GHZ GIB HZ KB KBPS KG KHZ KIB
    KM KPH KWH MB MBPS MHZ MIB MM MPH PB PX RPM TB TIB CET CST EST JST PST";

/// Abbreviations that engineers of every stack know, names of their tools, and words of SQL, HTTP, logs and systems.
const ENGINEERING: &str = "
    ACID ACK ACL ACM AES AMD ANSI AOT API ARM ASCII ASIC AVIF AWS AZ AZS BI BIOS BMP BSD CD CDN CI CLI CRC CRUD CSS CSS3
    CSV CUDA CVE DBA DDL DDOS DHCP DML DNS DOM DSL EC EC2 EMACS EOF EOL EXT4 FAT32 ES5 ES6 ETL FIFO FTP GC GCP GDB GID GIT GNU GPG GPL GUI HDD
    HTML5 HTTP HTTPS IAM IDE IEEE IETF INI INT4 INT8 INT16 INT32 INT64 IO IOPS IOS IP IPC ISO ISP JAVA JFS JIT JS JSON JVM
    JWT K8S LAN LB LDAP LESS LIFO LINUX LLM LRU LTS LUA MAC MACOS MD5 MIT ML MQ MVC NAT NFS NGINX NPM NTFS NTP NVIDIA OAUTH OOM
    OOP ORM OS OSS PCI PERL PGP PHP PID QEMU QPS RAID RAM RDBMS REST RFC RISC ROM RPC RPS RSA RUST SASS SCSS SDK SGI SHA SHA1 SHA256
    SIGINT SIGHUP SLA SMTP SQL SRE SSD SSH SSL SSO STDERR STDIN STDOUT SVG TAR TCP TDD TLS TOML TPS TS TTL TTY UDP UI UID
    UINT8 UINT16 UINT32 UINT64 UNIX URI UTF UUID UX VIM VM VP8 VP9 VPC WAN WASM WEBP WLAN XFS XML XSS YAML ZFS
    ALTER ANALYZE ASC BEGIN BIGINT BLOB BOOL CASE CHAR COMMIT COPY COUNT CREATE DATE DELETE DESC DROP ELSE END ENUM EXISTS
    FALSE FLOAT FROM GET GRANT GROUP HAVING HEAD IF INDEX INSERT INT INTO JOIN JSONB KEY LIKE LIMIT LOCK MAX MIN NULL OFF
    OFFSET ORDER PATCH POST PUT READ REVOKE SELECT SET SUM TABLE TEXT THEN TRUE UNION UPDATE VALUES VIEW WHEN WHERE WRITE
    DEBUG ERROR FATAL FAIL INFO PASS PATH TRACE WARN
    EACCES EAGAIN EBUSY EEXIST EINTR EINVAL EIO ENOENT ENOMEM ENOMSG ENOSPC EPERM EPIPE";

/// Words that are written in capitals to shout, as headings or as marks of a draft.
const SHOUTED: &str = "
    ABOUT ADD AFTER AGAIN ALL ALSO ALWAYS AND ANY ARE AS ASK AVOID BACK BAD BASIC BE BEFORE BEST BETTER BIG BOTH BUG BUILD BUS
    BUT BUY BY CALL CAN CANNOT CAVEAT CHANGE CHECK CLEAN CLICK CLOSE CODE CODING COST CUT DAY DEAD DEEP DEMO DEV DID DIE DIVE DO
    DOES DONE DONT DOWN EACH EASY EVEN EVER EVERY EXTRA FAST FEW FILE FIND FINE FIRST FIX FIXED FIXME FOR FREE FULL FUN
    FUTURE GIVE GO GOAL GOALS GONE GOOD GREAT GREEN HACK HAD HARD HAS HAVE HE HELLO HELP HER HERE HI HIGH HIS HOT HOUR HOW
    HUGE IDEA IN INPUT INTRO IS ITS JOB JUST KEEP KNOW LAB LAST LATE LATER LEARN LEFT LIES LIFE LINE LIST LIVE LOG LONG
    LOOK LOOP LOT LOVE LOW MADE MAIN MAKE MANY MAY ME MIGHT MODEL MONEY MORE MOST MOVE MUCH MUST MY NB NEED NEVER NEW NEWS
    NEXT NICE NO NONE NOT NOTE NOTES NOW OF OLD ON ONCE ONE ONLY OPEN OR OTHER OUR OUT OUTPUT OVER OWN PART PLAN PLEASE
    PLUS PRO PROD QUICK QUIZ README REAL RED REMOVE RIGHT RULE RULES RUN SAFE SAME SAVE SAY SEE SHARED SHE SHORT SHOULD SHOW SIMPLE
    SLOW SMALL SO SOME SOON SPEED START STATE STEP STEPS STILL STOP SUCH TAKE TASK TEAM TELL TEST TESTS THAN THANK THANKS
    THAT THE THEIR THEM THERE THESE THEY THING THINGS THIS THREE TIME TINY TIP TIPS TO TODAY TODO TOO TOP TRY TWO UNTIL UP
    USE USED USER USERS VERY VS WAIT WANT WAR WAS WAY WE WEEK WELL WERE WHAT WHICH WHO WHY WILL WIN WIP WITH WORD WORK WORLD
    WORSE WORST WOW WRONG YEAR YES YET YOU YOUR ZERO";

/// Whether an audience of this level knows the abbreviation without being told, or it is none.
pub(super) fn is_known(abbreviation: &str, level: Level) -> bool {
    let word = abbreviation.to_ascii_uppercase();
    is_word(&word)
        || is_roman_number(&word)
        || is_in_level(&word, level)
        // `CPU0` is a CPU.
        || is_in_level(word.trim_end_matches(|c: char| c.is_ascii_digit()), level)
}

fn is_in_level(word: &str, level: Level) -> bool {
    is_in(EVERYDAY, word) || (level != Level::NonTechnical && is_in(ENGINEERING, word))
}

/// Whether these capitals are a word that is only shouted.
pub(super) fn is_word(capitals: &str) -> bool {
    is_in(SHOUTED, capitals)
}

fn is_in(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|known| known == word)
}

/// I to XXXIX: chapters, editions, and `XXX` that holds a place in a draft.
fn is_roman_number(word: &str) -> bool {
    let ones = word.trim_start_matches('X');
    word.len() - ones.len() <= 3 && matches!(ones, "" | "I" | "II" | "III" | "IV" | "V" | "VI" | "VII" | "VIII" | "IX")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn engineers_know_more() {
        assert!(is_known("ok", Level::NonTechnical));
        assert!(is_known("TLS", Level::New));
        assert!(!is_known("TLS", Level::NonTechnical));
        assert!(!is_known("MVCC", Level::Mixed));
    }

    #[test]
    fn numbers_and_shouts_are_no_abbreviations() {
        for word in ["XIV", "XXX", "MUST", "EVERY", "NOW"] {
            assert!(is_known(word, Level::NonTechnical), "{word}");
        }
        assert!(!is_known("XIL", Level::New));
    }
}
