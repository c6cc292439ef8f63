// The same for tests of widgets.
#pragma once

#include "cmake/pch/ui.h"

#include <QTemporaryDir>
#include <QTest>
