#pragma once

namespace radpost::ui {

/// The priorities that people choose from, on every page the same; the command line takes any number.
enum class JobPriority { Last = -1, Normal = 0, First = 1 };

} // namespace radpost::ui
