// The same for the tests.
#pragma once

#include "cmake/pch/core.h"

#include <QTemporaryDir>
#include <QTest>
