import Glibc

/// The number of processors that this process may run on.
package var coreCount: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

/// Does work on all cores, a few parts for each.
///
/// - Parameters:
///   - count: How many things there are.
///   - work: Does it for some of them, given by their numbers.
/// - Returns: What each part gave, in order.
/// - Throws: What `work` throws first, in that order.
func onAllCores<Outcome: Sendable, Failure: Error>(
  _ count: Int,
  _ work: @escaping @Sendable (Range<Int>) throws(Failure) -> Outcome
) async throws(Failure) -> [Outcome] {
  let size = max(1, (count + coreCount * 4 - 1) / (coreCount * 4))
  let starts = stride(from: 0, to: count, by: size)
  let outcomes = await withTaskGroup(of: (Int, Result<Outcome, Failure>).self) { group in
    for start in starts {
      let part = start..<min(start + size, count)
      group.addTask { (start, Result { () throws(Failure) in try work(part) }) }
    }
    return await group.reduce(into: [Int: Result<Outcome, Failure>]()) { $0[$1.0] = $1.1 }
  }
  var ordered: [Outcome] = []
  for start in starts {
    if let outcome = outcomes[start] { ordered.append(try outcome.get()) }
  }
  return ordered
}
