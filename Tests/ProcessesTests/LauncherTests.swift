import EspalierProcesses
import Testing

struct LauncherTests {
  @Test func aProcessStartedAloneLoadsNothing() throws {
    for environment in [
      [:], ["PATH": "/bin"], ["OMPI_COMM_WORLD_SIZE": "1", "OMPI_COMM_WORLD_RANK": "0"], ["SLURM_NTASKS": "8"],
    ] {
      let launcher = Launcher(environment)
      #expect(!launcher.isShared)
      #expect(try launcher.join().count == 1)
    }
  }

  @Test func launchersAreKnownByWhatTheySet() {
    let open = Launcher([
      "OMPI_COMM_WORLD_SIZE": "8", "OMPI_COMM_WORLD_RANK": "5", "OMPI_COMM_WORLD_LOCAL_SIZE": "4", "PMIX_RANK": "5",
    ])
    #expect(open.isShared && open.count == 8 && open.rank == 5 && open.localCount == 4)
    let hydra = Launcher(["PMI_SIZE": "2", "PMI_RANK": "1", "MPI_LOCALNRANKS": "2"])
    #expect(hydra.isShared && hydra.count == 2 && hydra.rank == 1 && hydra.localCount == 2)
    let pmix = Launcher(["PMIX_RANK": "3"])
    #expect(pmix.isShared && pmix.count == nil && pmix.rank == 3)
    let slurm = Launcher(["SLURM_STEP_NUM_TASKS": "4", "SLURM_PROCID": "2"])
    #expect(slurm.isShared && slurm.count == 4 && slurm.rank == 2)
  }
}
