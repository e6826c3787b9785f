import EspalierFiles
import Foundation

/// The program that started this process, as far as its environment tells: alone, or as one of several by `mpirun` or
/// `srun`.
package struct Launcher: Hashable, Sendable {
  /// Whether several processes were started, or may have been.
  package let isShared: Bool
  /// The number of processes started; `nil` if the environment does not say.
  package let count: Int?
  /// The rank of this process, as far as the environment says.
  package let rank: Int
  /// The number of them on this machine; 1 if the environment does not say.
  package let localCount: Int

  /// The launcher behind these variables.
  ///
  /// Open MPI sets `OMPI_COMM_WORLD_SIZE`, MPICH and Slurm's PMI-2 `PMI_SIZE`, PMIx `PMIX_RANK` without a number of
  /// processes, and a step of Slurm `SLURM_STEP_NUM_TASKS` whatever it is started for.
  package init(_ environment: [String: String] = ProcessInfo.processInfo.environment) {
    func number(_ name: String) -> Int? { environment[name].flatMap { Int($0) } }
    count = number("OMPI_COMM_WORLD_SIZE") ?? number("PMI_SIZE") ?? number("SLURM_STEP_NUM_TASKS")
    isShared = count.map { $0 > 1 } ?? (environment["PMIX_RANK"] != nil)
    rank = ["OMPI_COMM_WORLD_RANK", "PMI_RANK", "PMIX_RANK", "SLURM_PROCID"].lazy.compactMap { number($0) }.first ?? 0
    localCount = max(1, number("OMPI_COMM_WORLD_LOCAL_SIZE") ?? number("MPI_LOCALNRANKS") ?? 1)
  }

  /// The group of the processes that were started together.
  ///
  /// A process started alone loads no library. One of several never works by itself, since all would write the same
  /// files.
  ///
  /// - Throws: `EspalierError` if there are several processes and MPI cannot join them.
  package func join() throws(EspalierError) -> any ProcessGroup {
    guard isShared else { return SingleProcess() }
    #if MPI
      let group = try MPIGroup()
      guard count.map({ $0 == group.count }) ?? group.isShared else {
        throw failure(
          "Open MPI's library finds \(group.count) of them",
          remedy: "start them by the mpirun of Open MPI, or by srun --mpi=pmix")
      }
      return group
    #else
      throw failure(
        "this build has no MPI", remedy: "build it with the package trait MPI, which is on by default, or start one")
    #endif
  }

  private func failure(_ fault: String, remedy: String) -> EspalierError {
    EspalierError(
      .argument, "\(count.map(String.init) ?? "several") processes were started", fault, remedy: remedy)
  }
}
