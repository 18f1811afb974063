//! The words in the drawings of each outline.

use super::Language;
use super::outline::Outline;

/// A place in a drawing and what stands there.
pub(super) type Word = (&'static str, &'static str);

/// What is to be drawn in the stead of a chart, of lines, of bars and of a road, in Chinese and English.
pub(super) const OWN: [[&str; 2]; 4] = [
    ["换成你的曲线：一条线，一个时刻", "Your own curve here, with one moment"],
    ["换成你的两条线，标出交点", "Your own two lines, and where they cross"],
    ["换成你们自己算的数", "Your own sums here"],
    ["换成你们自己的站，最多五站，写上名字", "Your own stations here, five at most, each with its name"],
];

const CHART: [&str; 4] = ["y", "here", "from", "to"];
const BARS: [&str; 9] = ["home", "out", "a", "b", "first", "second", "third", "sum-a", "sum-b"];
const ROAD: [&str; 5] = ["station-1", "station-2", "station-3", "station-4", "back"];

/// All words of the drawings that `outline` shows.
pub(super) fn words(outline: Outline, language: Language) -> Vec<Word> {
    let bars = match language {
        Language::Zh => ["在家做", "下馆子", "自己建", "托管", "机器", "人力", "搬走", "5.3 万", "3.5 万"],
        Language::En => {
            ["at home", "going out", "our own", "managed", "servers", "work", "moving out", "53,000", "35,000"]
        }
    };
    let road = road(outline, language).into_iter().flat_map(|words| ROAD.into_iter().zip(words));
    CHART.into_iter().zip(chart(outline, language)).chain(BARS.into_iter().zip(bars)).chain(road).collect()
}

/// What is measured, the moment that is marked, and where the time begins and ends.
fn chart(outline: Outline, language: Language) -> [&'static str; 4] {
    match (outline, language) {
        (Outline::Team, Language::Zh) => ["半夜失败的用例数", "周五", "两周前", "今天"],
        (Outline::Team, Language::En) => ["failed nightly runs", "Friday", "two weeks ago", "today"],
        (Outline::Engineering, Language::Zh) => ["每一百次点击的扣款", "12:04", "11:30", "12:30"],
        (Outline::Engineering, Language::En) => ["payments for 100 clicks", "12:04", "11:30", "12:30"],
        (Outline::Company, Language::Zh) => ["每笔付款的金额", "16:55", "周一", "周五"],
        (Outline::Company, Language::En) => ["amount of a payment", "16:55", "Monday", "Friday"],
        (Outline::CaseStudy, Language::Zh) => ["付款接口的 p99", "10:52", "09:30", "11:39"],
        (Outline::CaseStudy, Language::En) => ["p99 of the checkout", "10:52", "09:30", "11:39"],
        (Outline::Comparison, Language::Zh) => ["花的钱和力气", "四十个客人", "两个人", "一百个人"],
        (Outline::Comparison, Language::En) => ["money and work", "40 guests", "two people", "a hundred"],
        (Outline::QaSession, Language::Zh) => ["还没有答案的问题", "周一", "上个月", "今天"],
        (Outline::QaSession, Language::En) => ["questions not answered", "Monday", "last month", "today"],
        (Outline::LiveStream, Language::Zh) => ["这条查询用的时间", "一夜之间", "三周前", "今天"],
        (Outline::LiveStream, Language::En) => ["time of the query", "overnight", "three weeks ago", "today"],
    }
}

/// The four stations, and what goes back from the third.
fn road(outline: Outline, language: Language) -> Option<[&'static str; 5]> {
    Some(match (outline, language) {
        (Outline::Engineering, Language::Zh) => ["客户端", "负载均衡", "服务", "银行", "回应，丢在回来的路上"],
        (Outline::Engineering, Language::En) => {
            ["client", "balancer", "service", "bank", "the answer, lost on its way"]
        }
        (Outline::Company, Language::Zh) => ["你自己", "你的上级", "服务台", "放心", "服务台会打回来"],
        (Outline::Company, Language::En) => {
            ["you", "your boss", "help desk", "all clear", "the help desk calls you back"]
        }
        (Outline::CaseStudy, Language::Zh) => ["商城", "服务", "连接池，满了", "供应商", "从这里往前，全都在等"],
        (Outline::CaseStudy, Language::En) => {
            ["shop", "service", "pool, full", "supplier", "back to the shop, all wait"]
        }
        (Outline::Comparison, Language::Zh) => ["拷一份", "两边一起跑", "切过去", "关掉旧的", "走到第三步，还退得回来"],
        (Outline::Comparison, Language::En) => {
            ["copy", "run both", "switch", "drop the old", "up to here there is a way back"]
        }
        (Outline::Team | Outline::QaSession | Outline::LiveStream, _) => return None,
    })
}
