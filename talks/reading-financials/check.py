"""Holds that the made-up company of this talk adds up: every figure on the slides follows from numbers.csv.

Run `python3 check.py` in this folder. Amounts are in 万元.
"""
import csv
import pathlib

here = pathlib.Path(__file__).parent
n, before = {}, {}
for row in csv.DictReader((here / "numbers.csv").open(encoding="utf-8")):
    n[row["科目"]] = float(row["期末或当年"])
    if row["期初"]:
        before[row["科目"]] = float(row["期初"])


def same(what, left, right):
    assert abs(left - right) < 1e-9, f"{what}: {left} is not {right}"
    print(f"ok  {what} = {left:g}")


def change(account):
    return n[account] - before[account]


cost = n["成本：云账单"] + n["成本：服务器折旧"] + n["成本：客服和支付通道"]
gross = n["收入"] - cost
expenses = n["研发费用"] + n["销售费用"] + n["管理费用"]
profit = gross - expenses
same("成本", cost, 480)
same("毛利", gross, 1120)
same("毛利率 %", gross / n["收入"] * 100, 70)
same("费用", expenses, 1200)
same("利润", profit, -80)
same("收入增长 %，取整", round((n["收入"] / before["收入"] - 1) * 100), 33)

# Old servers: 200 over 5 years, in their second year; new ones: 300 over 5 years from the first day.
same("折旧", 200 / 5 + 300 / 5, n["成本：服务器折旧"])
same("服务器净值，期初", 200 - 200 / 5, before["服务器净值"])
same("服务器净值", before["服务器净值"] + n["买服务器"] - n["成本：服务器折旧"], n["服务器净值"])

received = n["收入"] + change("递延收入") - change("应收账款")
same("从客户收到的钱", received, n["从客户收到的钱"])
same("签单开票", received + change("应收账款"), 2000)
operating = (profit + n["成本：服务器折旧"] + n["其中：股份支付"] - change("应收账款")
             + change("递延收入") + change("应付款"))
same("经营现金流，间接法", operating, n["经营现金流"])
paid = cost - n["成本：服务器折旧"] + expenses - n["其中：股份支付"] - change("应付款")
same("经营现金流，直接法", received - paid, n["经营现金流"])
free = operating - n["买服务器"]
same("自由现金流", free, 300)
same("现金", before["现金"] + free, n["现金"])
same("自由现金流再减股份支付", free - n["其中：股份支付"], 100)
same("没有预收增长的经营现金流", operating - change("递延收入"), 200)

for when, book in [("期初", before), ("期末", n)]:
    assets = book["现金"] + book["应收账款"] + book["服务器净值"]
    same(f"{when}资产", assets, {"期初": 960, "期末": 1510}[when])
    same(f"{when}负债和权益", book["递延收入"] + book["应付款"] + book["股东权益"], assets)
same("股东权益", before["股东权益"] + profit + n["其中：股份支付"], n["股东权益"])

# Shares: 250,000 new ones at 8 yuan, among ten million afterwards.
same("股份支付", 25 * 8, n["其中：股份支付"])
same("稀释 %", 25 / 1000 * 100, 2.5)
same("股份支付占收入 %", n["其中：股份支付"] / n["收入"] * 100, 12.5)
same("调整后利润", profit + n["其中：股份支付"], 120)

# What engineers decide.
saved = n["成本：云账单"] * 0.2
same("云账单省 20%", saved, 48)
same("之后的毛利率 %", (gross + saved) / n["收入"] * 100, 73)
same("之后的利润", profit + saved, -32)
same("之后的经营现金流", operating + saved, 648)
same("测试环境挪走后的毛利率 %", (gross + 40) / n["收入"] * 100, 72.5)
for years, charge, result in [(3, 100, -120), (5, 60, -80), (6, 50, -70)]:
    same(f"新服务器 {years} 年，每年折旧", 300 / years, charge)
    same(f"新服务器 {years} 年，利润", profit + 60 - charge, result)
same("研发资本化 100、摊销 20 之后的利润", profit + 100 - 20, 0)
same("研发资本化之后的自由现金流", (operating + 100) - (n["买服务器"] + 100), free)
same("应收账款增长 %", change("应收账款") / before["应收账款"] * 100, 50)
same("递延收入增长 %", change("递延收入") / before["递延收入"] * 100, 80)
same("云账单占收入 %", n["成本：云账单"] / n["收入"] * 100, 15)

# One shop: 12,000 yuan on 1 December for a year.
same("一家店当年的收入", 1.2 / 12, 0.1)
same("一家店的递延收入", round(1.2 - 0.1, 9), 1.1)
# What it takes to win a shop, and what a shop leaves in a year.
same("新签一家店的销售费用", n["销售费用"] / 500, 0.84)
same("一家店一年的毛利", round(1.2 * 0.7, 9), 0.84)
same("两个人三个月，每人每月 5", 2 * 3 * 5, 30)
# Buying for 300 against renting the same for five years.
same("租五年", 90 * 5, 450)
