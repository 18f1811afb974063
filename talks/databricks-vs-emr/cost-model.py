#!/usr/bin/env python3
"""The numbers of the talk. Change the prices and hours to your own and run it again.

Prices: r5.4xlarge, us-west-2, on demand, as printed in the AWS EMR Best Practices guide
(chapter on benchmarking); 3.6 DBU an hour and 0.15 / 0.55 dollars a DBU are list prices of
Databricks Premium on AWS, read in 2026. Usage and hours of people are made up.
"""
import argparse

p = argparse.ArgumentParser(description=__doc__)
p.add_argument("--ec2", type=float, default=1.008, help="dollars a node-hour")
p.add_argument("--emr", type=float, default=0.252, help="EMR fee, dollars a node-hour")
p.add_argument("--dbu", type=float, default=3.6, help="DBU a node-hour")
p.add_argument("--jobs", type=float, default=0.15, help="dollars a DBU, jobs compute")
p.add_argument("--all-purpose", type=float, default=0.55, help="dollars a DBU, all-purpose compute")
p.add_argument("--spot", type=float, default=0.60, help="discount on spot workers")
p.add_argument("--nights", type=int, default=30)
p.add_argument("--day-hours", type=float, default=1100, help="node-hours a month in notebooks")
p.add_argument("--idle-hours", type=float, default=110, help="node-hours a month that nobody uses")
p.add_argument("--hours-saved", type=float, default=35, help="hours of people a month")
p.add_argument("--rate", type=float, default=90, help="dollars an hour of people")
p.add_argument("--move", type=float, default=300, help="hours of people for the move, once")
a = p.parse_args()

nodes, hours = 26, 3                      # 25 workers and 1 primary or driver, three hours
nh = nodes * hours
ec2 = nh * a.ec2
spot = hours * a.ec2 + (nodes - 1) * hours * a.ec2 * (1 - a.spot)
emr = nh * a.emr
jobs = nh * a.dbu * a.jobs
serverless = 25 * 3 * 16 * 0.052624 + 25 * 3 * 128 * 0.0057785

print("ONE NIGHT                       machines      fee    total")
def row(name, machines, fee):
    print(f"{name:<30} {machines:9.2f} {fee:8.2f} {machines + fee:8.2f}")
row("EMR on EC2", ec2, emr)
row("EMR Serverless", 0, serverless)
row("Databricks jobs", ec2, jobs)
row("Databricks on all-purpose", ec2, nh * a.dbu * a.all_purpose)
row("EMR on EC2, spot", spot, emr)
row("Databricks jobs, spot", spot, jobs)
print(f"Databricks / EMR: {(ec2+jobs)/(ec2+emr):.2f} on demand, {(spot+jobs)/(spot+emr):.2f} on spot")
print(f"fee share of Databricks: {jobs/(ec2+jobs):.0%} on demand, {jobs/(spot+jobs):.0%} on spot")
print(f"fee share of EMR: {emr/(ec2+emr):.0%} on demand, {emr/(spot+emr):.0%} on spot")

print("\nPHOTON: how much faster to cost the same")
for m in (2.0, 2.9):
    total = ec2 + jobs * m
    print(f"DBU x {m}: {total:7.2f} at the same speed; {total/(ec2+jobs):.2f}x to match plain jobs, "
          f"{total/(ec2+emr):.2f}x to match EMR")

print("\nIDLE, dollars a node-hour")
ie, idb = a.ec2 + a.emr, a.ec2 + a.dbu * a.all_purpose
print(f"EMR {ie:.3f}, all-purpose {idb:.3f}; 2,500 node-hours: {2500*ie:,.0f} and {2500*idb:,.0f}; "
      f"110 node-hours: {110*ie:,.0f} and {110*idb:,.0f}")

print("\nONE MONTH                            EMR  Databricks")
rows = [("nights on spot", a.nights*(spot+emr), a.nights*(spot+jobs)),
        ("notebooks by day", a.day_hours*ie, a.day_hours*idb),
        ("idle", a.idle_hours*ie, a.idle_hours*idb)]
for n, x, y in rows:
    print(f"{n:<28} {x:11,.0f} {y:11,.0f}")
rows = [(n, round(x), round(y)) for n, x, y in rows]   # so that the table adds up
te, td = sum(r[1] for r in rows), sum(r[2] for r in rows)
print(f"{'platform':<28} {te:11,.0f} {td:11,.0f}")
pe = 60 * a.rate
pd = (60 - a.hours_saved) * a.rate
print(f"{'people':<28} {pe:11,.0f} {pd:11,.0f}")
print(f"{'all':<28} {te+pe:11,.0f} {td+pd:11,.0f}")
even = (td - te) / a.rate
net = a.hours_saved * a.rate - (td - te)
print(f"\ndifference of the platforms {td-te:,.0f}; break-even {even:.1f} hours a month")
print(f"net {net:,.0f} a month; the move costs {a.move*a.rate:,.0f}, earned back in "
      f"{a.move*a.rate/net:.0f} months" if net > 0 else "never earned back")
net60 = 60 * a.rate - (td - te)
print(f"with 60 hours saved: net {net60:,.0f} a month, {a.move*a.rate/net60:.0f} months")
