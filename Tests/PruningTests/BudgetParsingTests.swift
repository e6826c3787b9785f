import EspalierFiles
import EspalierPruning
import Testing

/// Budgets as they are written on the command line.
struct BudgetParsingTests {
  @Test(arguments: [
    ("macs=0.5", Budget(.macs, .fraction(0.5))), ("macs=1", Budget(.macs, .fraction(1))),
    ("macs=200M", Budget(.macs, .amount(2e8))), ("macs=1.5G", Budget(.macs, .amount(1.5e9))),
    ("macs=12345", Budget(.macs, .amount(12345))), ("parameters=2M", Budget(.parameters, .amount(2e6))),
    ("parameters=0.25", Budget(.parameters, .fraction(0.25))), ("parameters=300k", Budget(.parameters, .amount(3e5))),
    ("bytes=10MB", Budget(.bytes, .amount(1e7))), ("bytes=10MiB", Budget(.bytes, .amount(10_485_760))),
    ("bytes=512KiB", Budget(.bytes, .amount(524_288))), ("bytes=64B", Budget(.bytes, .amount(64))),
    ("bytes=0.5", Budget(.bytes, .fraction(0.5))), ("latency=0.6", Budget(.latency, .fraction(0.6))),
  ]) func budgetsAreRead(_ text: String, _ budget: Budget) throws {
    #expect(try Budget(parsing: text) == budget)
    #expect(try Budget(parsing: budget.description) == budget)
  }

  @Test(arguments: [
    ("0.5", "does not say what is limited"), ("flops=0.5", "limits \"flops\""), ("macs=", "cannot be read"),
    ("macs=0", "is not above 0"), ("macs=-1", "is not above 0"), ("macs=nan", "is not above 0"),
    ("macs=inf", "is not above 0"), ("macs=10MB", "cannot be read"), ("parameters=-2M", "cannot be read"),
    ("latency=2", "is not a fraction"), ("latency=10M", "cannot be read"), ("=0.5", "limits \"\""),
    ("bytes=MB", "cannot be read"),
  ]) func faultsAreNamed(_ text: String, _ fault: String) {
    let error = #expect(throws: EspalierError.self) { try Budget(parsing: text) }
    #expect(error?.kind == .argument && error?.description.contains(fault) == true)
    #expect(error?.remedy?.contains("macs=0.5") == true)
  }
}
