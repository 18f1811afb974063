//! Where a server listens: the addresses of this machine, and the next free port.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use if_addrs::{IfOperStatus, Interface};
use tokio::net::TcpListener;

/// How many ports are tried when the wanted one is taken.
const TRIES: u16 = 50;

/// Listens at all `addresses` on one port: `port`, or the next one that is free.
///
/// Port 0 lets the system choose.
///
/// # Errors
/// The system's reason, when an address is not of this machine or may not be used, or all ports tried are taken.
pub(crate) async fn listen(addresses: &[IpAddr], port: u16) -> io::Result<(u16, Vec<TcpListener>)> {
    let mut taken = io::Error::from(io::ErrorKind::AddrInUse);
    for port in port..=port.saturating_add(TRIES) {
        match listen_at(addresses, port).await {
            Ok(listening) => return Ok(listening),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => taken = error,
            Err(error) => return Err(error),
        }
    }
    Err(taken)
}

async fn listen_at(addresses: &[IpAddr], port: u16) -> io::Result<(u16, Vec<TcpListener>)> {
    let mut port = port;
    let mut listeners = Vec::with_capacity(addresses.len());
    for address in addresses {
        let listener = TcpListener::bind(SocketAddr::new(*address, port)).await?;
        // The port that the system chose for the first address holds for all.
        port = listener.local_addr()?.port();
        listeners.push(listener);
    }
    Ok((port, listeners))
}

/// The addresses at which others in the network reach this machine, the likeliest first.
pub(crate) fn of_network() -> Vec<IpAddr> {
    let Ok(mut found) = if_addrs::get_if_addrs() else { return Vec::new() };
    found.retain(|interface| !interface.is_loopback() && !interface.is_link_local());
    found.retain(|interface| !matches!(interface.oper_status, IfOperStatus::Down | IfOperStatus::NotPresent));
    found.sort_by_key(rank);
    let mut addresses: Vec<IpAddr> = Vec::new();
    for interface in found {
        if !addresses.contains(&interface.ip()) {
            addresses.push(interface.ip());
        }
    }
    addresses
}

/// Private IPv4 addresses come first, those of bridges to virtual machines and tunnels last.
fn rank(interface: &Interface) -> (bool, u8, u32) {
    let virtual_prefixes = ["docker", "br-", "veth", "virbr", "vmnet", "vboxnet", "tun", "tap", "utun", "wg", "zt"];
    let is_virtual = interface.is_p2p() || virtual_prefixes.iter().any(|prefix| interface.name.starts_with(prefix));
    let kind = match interface.ip() {
        IpAddr::V4(address) if address.is_private() => 0,
        IpAddr::V4(_) => 1,
        IpAddr::V6(_) => 2,
    };
    (is_virtual, kind, interface.index.unwrap_or(u32::MAX))
}

/// The addresses at which a server is reached that listens at `addresses`: all of the machine's for `0.0.0.0` and `::`.
pub(crate) fn reached(addresses: &[IpAddr]) -> Vec<IpAddr> {
    let mut reached: Vec<IpAddr> = addresses.iter().copied().filter(|address| !address.is_unspecified()).collect();
    if addresses.iter().any(IpAddr::is_unspecified) {
        let takes_ipv6 = addresses.iter().any(|address| address.is_unspecified() && address.is_ipv6());
        if takes_ipv6 {
            // First, as some systems take nothing else then.
            reached.push(Ipv6Addr::LOCALHOST.into());
        }
        reached.push(Ipv4Addr::LOCALHOST.into());
        reached.extend(of_network().into_iter().filter(|address| address.is_ipv4() || takes_ipv6));
    }
    reached
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_taken_port_gives_the_next_free_one() {
        let home: IpAddr = Ipv4Addr::LOCALHOST.into();
        let (first, _held) = listen(&[home], 0).await.unwrap();
        let (second, _also) = listen(&[home], first).await.unwrap();
        assert!(second > first && second <= first.saturating_add(TRIES), "{first} {second}");
    }

    #[tokio::test]
    async fn several_addresses_share_a_port() {
        let both: [IpAddr; 2] = ["127.0.0.1".parse().unwrap(), "127.0.0.2".parse().unwrap()];
        let Ok((port, listeners)) = listen(&both, 0).await else { return };
        assert!(listeners.iter().all(|listener| listener.local_addr().unwrap().port() == port));
        assert_eq!(listeners.len(), 2);
    }

    #[tokio::test]
    async fn an_address_of_another_machine_is_an_error() {
        assert!(listen(&["203.0.113.9".parse().unwrap()], 0).await.is_err());
    }

    #[test]
    fn loopback_is_not_of_the_network() {
        assert!(of_network().iter().all(|address| !address.is_loopback()));
        assert_eq!(reached(&["127.0.0.1".parse().unwrap()]), ["127.0.0.1".parse::<IpAddr>().unwrap()]);
        assert!(reached(&["0.0.0.0".parse().unwrap()]).contains(&Ipv4Addr::LOCALHOST.into()));
        let all = reached(&["::".parse().unwrap()]);
        assert_eq!(all[..2], [IpAddr::from(Ipv6Addr::LOCALHOST), Ipv4Addr::LOCALHOST.into()]);
        assert!(!reached(&["0.0.0.0".parse().unwrap()]).iter().any(IpAddr::is_ipv6));
    }
}
