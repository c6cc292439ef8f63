// The same for widgets.
#pragma once

#include "cmake/pch/core.h"

#include <QBoxLayout>
#include <QEvent>
#include <QFrame>
#include <QIcon>
#include <QLabel>
#include <QObject>
#include <QPainter>
#include <QPointer>
#include <QPushButton>
#include <QToolButton>
#include <QWidget>
