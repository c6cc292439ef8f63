#pragma once

namespace radpost::test {

/// Steps of SQL statements that this process has made on the calling thread, and on all threads. Counts where the test
/// is linked with ENABLE_EXPORTS and the driver uses the system's library; a test proves that by the second number.
[[nodiscard]] long sqlStepsOfThisThread();
[[nodiscard]] long sqlStepsOfAllThreads();

} // namespace radpost::test
