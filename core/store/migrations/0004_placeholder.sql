-- A placeholder: this number belongs to a change that is merged separately.
DROP TABLE IF EXISTS placeholder;
