//! Words and sentence patterns, English and Chinese side by side.
//!
//! `{part}`, `{tool}`, `{n}` and `{m}` are filled in; `{m}` is larger than `{n}`.

/// The same thing in English and in Chinese.
pub(crate) type Pair = (&'static str, &'static str);

pub(crate) const TITLE: Pair = ("Harbour: moving orders to a ledger", "港湾：订单系统搬进账本的一年");
pub(crate) const SUBTITLE: Pair =
    ("One year, four outages and the habits that stayed", "一年，四次故障，以及最后留下来的习惯");
pub(crate) const SPEAKER: Pair = ("Harbour team", "港湾项目组");
pub(crate) const TAKEAWAY: Pair = ("Make the queue visible before you tune it", "先让队列看得见，再去调优");

pub(crate) const PARTS: &[Pair] = &[
    ("the order intake", "下单入口"),
    ("the ledger writer", "账本写入器"),
    ("the stock counter", "库存计数器"),
    ("the payment bridge", "支付网桥"),
    ("the outbox relay", "发件箱中继"),
    ("the price cache", "价格缓存"),
    ("the refund worker", "退款任务"),
    ("the invoice printer", "发票服务"),
    ("the search feed", "搜索同步"),
    ("the fraud scorer", "风控打分"),
    ("the courier API", "物流接口"),
    ("the nightly close", "日终结账"),
];

pub(crate) const TOOLS: &[&str] = &[
    "Kafka",
    "Postgres",
    "Redis",
    "etcd",
    "Envoy",
    "OpenTelemetry",
    "cgroup v2",
    "TCP keepalive",
    "JSON",
    "Protobuf",
    "Raft",
    "eBPF",
    "cron",
    "S3",
    "DNS",
    "HTTP/3",
];

pub(crate) const HEADINGS: &[Pair] = &[
    ("The queue nobody owned", "没有主人的队列"),
    ("Idempotency by construction", "从结构上保证幂等"),
    ("Timeouts that add up", "超时时间要加得起来"),
    ("An outbox instead of two commits", "用发件箱代替两次提交"),
    ("One writer per account", "每个账户只有一个写入者"),
    ("Draining before deploying", "发布之前先排空"),
    ("The cost of a wide row", "宽行的代价"),
    ("Counting stock without locks", "不加锁地数库存"),
    ("Alerts that name an action", "告警要写明动作"),
    ("Replaying a bad day", "重放最糟糕的一天"),
    ("Where retries multiply", "重试在哪里被放大"),
    ("Keys that age well", "经得起时间的键"),
    ("Slow starts after a failover", "切换之后的慢启动"),
    ("Small migrations, often", "小步迁移，经常迁移"),
    ("Reading our own writes", "读到自己刚写的数据"),
    ("What a cold cache costs", "冷缓存要付多少钱"),
    ("Limits at the front door", "在入口处限流"),
    ("Tracing a lost parcel", "追踪一件丢失的包裹"),
];

pub(crate) const SECTIONS: &[Pair] = &[
    ("Why we moved", "为什么要搬"),
    ("Writing", "写入路径"),
    ("Reading", "读取路径"),
    ("Running it", "日常运行"),
    ("Breaking it", "主动破坏"),
    ("Paying for it", "成本账单"),
    ("What is next", "接下来做什么"),
];

pub(crate) const BULLETS: &[Pair] = &[
    ("{part} waited **{n} ms** for a lock it did not need", "{part}为一把不需要的锁等了 **{n} 毫秒**"),
    ("Give each call a deadline and pass on what is left", "给每次调用一个截止时间，并把剩余时间传下去"),
    ("`{tool}` hides its queue: export the depth yourself", "`{tool}` 看不见队列，要自己导出深度"),
    ("At {n} requests in flight {part} starts to say no", "并发到 {n} 个请求时，{part}开始拒绝"),
    ("A duplicate is *normal*; a second charge is a bug", "重复消息很*正常*，重复扣款才是缺陷"),
    ("Batches of {n} won, batches of {m} only added delay", "每批 {n} 条最合适，每批 {m} 条只会增加延迟"),
    ("See the [runbook](https://example.com/runbook/{n}) first", "先看[操作手册](https://example.com/runbook/{n})"),
    ("Only **one** team may change {part}", "只有**一个**团队可以修改{part}"),
    ("We removed `{tool}` from the write path in week {n}", "第 {n} 周，我们把 `{tool}` 移出写入路径"),
    ("A health check that is always green tells nothing", "永远是绿色的健康检查什么也没说"),
    ("From {m} partitions back to {n}: fewer files, less seek", "分区从 {m} 个减回 {n} 个，文件更少，寻道更少"),
    ("Warm the pool before traffic comes, not after", "流量到来之前先预热连接池"),
    ("Write the rollback before writing the change", "先写好回滚步骤，再写改动"),
    ("`{tool}` upgrades wait for a quiet Tuesday", "`{tool}` 的升级留到安静的星期二"),
];

pub(crate) const DETAILS: &[Pair] = &[
    ("{n} lines, one reviewer", "{n} 行代码，一人评审"),
    ("visible in p99, not in the mean", "在 p99 里看得到，平均值里看不到"),
    ("off by default until week {n}", "第 {n} 周之前默认关闭"),
    ("tested with `{tool}` switched off", "在关掉 `{tool}` 的情况下测过"),
    ("the drill took {n} minutes", "演练花了 {n} 分钟"),
];

pub(crate) const SENTENCES: &[Pair] = &[
    ("After {n} days the graph was flat, and **nobody had been paged**.", "{n} 天之后曲线变平了，**没有人再被叫醒**。"),
    ("{part} now keeps its own ledger, so a restart loses nothing.", "{part}现在有自己的账本，重启不会丢任何东西。"),
    (
        "The fix was small; finding it took {n} hours and a packet trace.",
        "改动很小，找到它却花了 {n} 个小时和一次抓包。",
    ),
    (
        "If `{tool}` is away for {n} seconds, orders are late but never lost.",
        "`{tool}` 离线 {n} 秒，订单会变慢，但不会丢。",
    ),
    ("Nothing here is clever. It is **boring on purpose**.", "这里没有什么巧妙之处，**平淡是刻意的**。"),
];

pub(crate) const QUOTES: &[Pair] = &[
    ("A queue is a promise with a length.", "队列就是有长度的承诺。"),
    ("We did not make it faster, we made it wait for less.", "我们没有让它变快，只是让它少等一些东西。"),
    (
        "The best retry is the one you can explain at three in the morning.",
        "最好的重试，是凌晨三点也讲得清楚的那一个。",
    ),
    ("Every default was a decision by someone who is not on call.", "每个默认值，都是不值班的人做的决定。"),
];

pub(crate) const NOTES: &[Pair] = &[
    (
        "Ask who has run {part} before. Two hands are enough to go on. The number to remember is {n}; the rest is in the runbook.",
        "问一下谁运维过{part}，有两个人举手就继续。要记住的数字是 {n}，其余的在操作手册里。",
    ),
    (
        "Tell the story of the missing {n} orders, from the customer's call to the fix. Do not blame `{tool}`: it did what we had asked.",
        "讲那 {n} 个订单消失的故事，从客户来电讲到修复。不要怪 `{tool}`，它只是照我们说的做了。",
    ),
    (
        "Keep it to a minute. If there are questions on {part}, promise the backup slide and move on.",
        "控制在一分钟之内。如果有人问{part}，就说后面有备用页，然后继续。",
    ),
    (
        "Show the left side first, wait, then the right. The pause does the work here; there is no need to read the lines aloud.",
        "先讲左边，停一下，再讲右边。这里靠停顿，不需要逐行念。",
    ),
];

/// Column headings, then the names of rows.
pub(crate) const TABLES: &[([Pair; 4], [Pair; 5])] = &[
    (
        [("Step", "步骤"), ("Old ms", "原来毫秒"), ("New ms", "现在毫秒"), ("Calls", "调用次数")],
        [("check", "校验"), ("reserve", "预占"), ("charge", "扣款"), ("record", "记账"), ("notify", "通知")],
    ),
    (
        [("Zone", "可用区"), ("Writes/s", "每秒写入"), ("Lag s", "延迟秒"), ("Disk %", "磁盘占用")],
        [("a-1", "甲一"), ("a-2", "甲二"), ("b-1", "乙一"), ("b-2", "乙二"), ("c-1", "丙一")],
    ),
    (
        [("Failure", "故障"), ("Seen", "次数"), ("Minutes", "分钟"), ("Orders", "影响订单")],
        [
            ("full disk", "磁盘满"),
            ("stale DNS", "DNS 过期"),
            ("hot key", "热点键"),
            ("long lock", "长锁"),
            ("bad config", "错误配置"),
        ],
    ),
];

pub(crate) const FIGURES: &[(Pair, &str)] = &[
    (("slowest order of the day", "当天最慢的订单"), "ms"),
    (("orders in the busiest second", "最忙一秒的订单"), "/s"),
    (("of calls answered from cache", "由缓存回答的调用"), "%"),
    (("memory of one worker", "单个任务的内存"), "MiB"),
    (("from alert to rollback", "从告警到回滚"), "min"),
];

pub(crate) const PICTURES: &[Pair] = &[
    ("Time per step of an order, in milliseconds", "一个订单每一步的时间（毫秒）"),
    ("Queue depth over a day, one cell per minute", "一天的队列深度，每格一分钟"),
];

pub(crate) const STEPS: [Pair; 6] = [
    ("check", "校验"),
    ("reserve", "预占"),
    ("charge", "扣款"),
    ("record", "记账"),
    ("notify", "通知"),
    ("close", "完结"),
];

pub(crate) const COMMENTS: &[Pair] = &[
    ("shortened for the slide", "为放进一页做了删减"),
    ("the second line is the fix", "第二行就是修复"),
    ("same settings as production", "与线上配置相同"),
    ("safe to run twice", "可以重复执行"),
];
