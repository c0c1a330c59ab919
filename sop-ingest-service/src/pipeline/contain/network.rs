//! A contained process and the programs that it starts reach nobody: the kernel refuses them sockets, and the calls with which
//! a process looks into others.

use std::collections::BTreeMap;

use seccompiler::{SeccompAction, SeccompFilter, apply_filter};

/// Numbers of the calls on x86_64 and aarch64: socket, socketpair, ptrace, process_vm_readv, process_vm_writev,
/// io_uring_setup, mount, bpf, keyctl.
#[cfg(target_arch = "x86_64")]
const REFUSED: [i64; 9] = [41, 53, 101, 310, 311, 425, 165, 321, 250];
#[cfg(not(target_arch = "x86_64"))]
const REFUSED: [i64; 9] = [198, 199, 117, 270, 271, 425, 40, 280, 219];
/// "Operation not permitted".
const EPERM: u32 = 1;

/// From now on, and for every child.
pub fn forbid() -> Result<(), seccompiler::Error> {
    let calls: BTreeMap<i64, Vec<seccompiler::SeccompRule>> =
        REFUSED.into_iter().map(|call| (call, Vec::new())).collect();
    let arch = std::env::consts::ARCH.try_into()?;
    let filter = SeccompFilter::new(calls, SeccompAction::Allow, SeccompAction::Errno(EPERM), arch)?;
    let program: seccompiler::BpfProgram = filter.try_into()?;
    apply_filter(&program)
}
