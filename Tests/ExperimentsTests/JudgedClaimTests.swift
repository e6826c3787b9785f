import EspalierExperiments
import EspalierReports
import Testing

/// Verdicts by the cases that were tried.
struct JudgedClaimTests {
  private func judged(_ holds: [Bool]) -> JudgedClaim {
    JudgedClaim(Claim(ours: "It works."), cases: holds.enumerated().map { ("\($0)", $1) }, evidence: "Seen.")
  }

  @Test func aClaimHoldsInAllCasesInSomeOrInNone() {
    #expect(judged([true, true]).verdict == .holds)
    #expect(judged([false, false]).verdict == .fails)
    #expect(judged([]).verdict == .open)
    let part = judged([true, false])
    #expect(part.verdict == .mixed && part.reason == "Holds for 0; not for 1. Seen.")
    #expect(judged([true]).reason == "Seen." && judged([false]).reason == "Seen.")
  }
}
